import { parseArgs } from 'node:util';
import { firstIssue } from './read-input.ts';
import { Unusable } from './unusable.ts';

const OPTIONS = {
  policy: { type: 'string' },
  jobs: { type: 'string' },
  mix: { type: 'string' },
  table: { type: 'string' },
  'switch-ms': { type: 'string' },
  arrivals: { type: 'string' },
  rate: { type: 'string' },
  load: { type: 'string' },
  'burst-factor': { type: 'string' },
  'burst-ms': { type: 'string' },
  'p99-ms': { type: 'string' },
  trace: { type: 'string' },
  'deadline-ms': { type: 'string' },
  priority: { type: 'string' },
  drift: { type: 'string' },
  outage: { type: 'string' },
  cold: { type: 'boolean' },
  parameters: { type: 'string' },
  ranks: { type: 'string' },
  noise: { type: 'string' },
  depth: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** The options as they were typed. */
export type Values = {
  -readonly [K in keyof typeof OPTIONS]?: (typeof OPTIONS)[K]['type'] extends 'boolean' ? boolean : string;
};

export function parseValues(argv: string[]): Values {
  try {
    return parseArgs({ args: withNegatives(argv), options: OPTIONS, strict: true, allowPositionals: false })
      .values as Values;
  } catch (error) {
    throw new Unusable(firstIssue(error));
  }
}

/** "--jobs -1" is a number out of range, not a stray option. */
function withNegatives(argv: readonly string[]): string[] {
  return argv.reduce<string[]>((args, word) => {
    const before = args.at(-1);
    if (before && /^--[a-z0-9-]+$/.test(before) && /^-[\d.]/.test(word)) args[args.length - 1] = `${before}=${word}`;
    else args.push(word);
    return args;
  }, []);
}
