import { parseArgs } from 'node:util';
import { bare } from '../server/application/platform.ts';
import { type Simulated, simulate } from '../server/application/simulate.ts';
import { POSTER_RANKS } from '../server/hardware/simulated/poster.ts';
import { capacity } from '../server/scheduling/capacity.ts';
import { firstIssue, type Question, readQuestion } from './simulate-question.ts';
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
  ranks: { type: 'string' },
  noise: { type: 'string' },
  depth: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export function simulateCommand(argv: string[]): void {
  const values = parse(argv);
  const question = readQuestion(values);
  const answers = question.policies.map((policy) => answer(policy, question));
  if (values.json)
    console.log(JSON.stringify(values.policy === 'all' || values.policy === undefined ? answers : answers[0]));
  else console.log(table(answers));
}

export type Values = {
  -readonly [K in keyof typeof OPTIONS]?: (typeof OPTIONS)[K]['type'] extends 'boolean' ? boolean : string;
};

function parse(argv: string[]): Values {
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
    if (before && /^--[a-z-]+$/.test(before) && /^-[\d.]/.test(word)) args[args.length - 1] = `${before}=${word}`;
    else args.push(word);
    return args;
  }, []);
}

function answer(policy: string, question: Question) {
  const { platform, models, counts, mix, arrivals, ranks, conditions, seed, noiseCv } = question;
  const run = simulated({
    policy,
    platform,
    models,
    counts,
    mix,
    arrivals,
    ranks,
    posterRanks: POSTER_RANKS,
    conditions,
    seed,
    noiseCv,
    stopwatch: () => performance.now(),
  });
  const { figures } = run;
  if (run.failed > 0) throw new Unusable(stranded(policy, run.failed, conditions.switchMs));
  if (!figures) throw new Unusable('--jobs leaves nothing to measure: the first tenth of a stream is not measured');
  const { makespanMs, throughput, latency, utilisation, perModel, switches } = figures;
  const jobs = figures.jobs;
  const bound = { throughput: capacity(bare(platform, models), mix) };
  return {
    policy,
    jobs,
    makespanMs,
    throughput,
    latency,
    utilisation,
    perModel,
    switches,
    bound,
    decisionUs: run.decisionUs,
    simulated: true as const,
  };
}

/** Jobs that nobody takes are the pins' doing, where there are pins. */
function stranded(policy: string, jobs: number, switchMs: Question['conditions']['switchMs']): string {
  const left = `${jobs} of the jobs to nobody`;
  return switchMs === 'forbidden'
    ? `--switch-ms forbidden holds units to models that leave ${left}`
    : `--policy ${policy} leaves ${left}`;
}

function simulated(simulation: Parameters<typeof simulate>[0]): Simulated {
  try {
    return simulate(simulation);
  } catch (error) {
    throw new Unusable(`--policy ${simulation.policy}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

type Answer = ReturnType<typeof answer>;

function table(answers: readonly Answer[]): string {
  const head = [
    'policy',
    'makespan ms',
    'inf/s',
    'of bound',
    'mean ms',
    'p50',
    'p95',
    'p99',
    'switches',
    'utilisation %',
  ];
  const rows = answers.map((a) => [
    a.policy,
    a.makespanMs.toFixed(1),
    a.throughput.toFixed(2),
    `${((100 * a.throughput) / a.bound.throughput).toFixed(1)} %`,
    ...[a.latency.meanMs, a.latency.p50Ms, a.latency.p95Ms, a.latency.p99Ms].map((ms) => ms.toFixed(1)),
    String(a.switches),
    Object.entries(a.utilisation)
      .map(([unit, share]) => `${unit} ${Math.round(share * 100)}`)
      .join('  '),
  ]);
  const widths = head.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]!.length))); // every row has every column
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, c) => (c === 0 || c === 9 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
      .join('  ')
      .trimEnd();
  const bound = answers[0]?.bound.throughput ?? 0;
  return [
    `SIMULATED: ${answers[0]?.jobs ?? 0} jobs; no schedule exceeds ${bound.toFixed(2)} inf/s at this mix`,
    '',
    line(head),
    ...rows.map(line),
  ].join('\n');
}
