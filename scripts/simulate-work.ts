import type { Arrivals } from '../server/application/arrivals.ts';
import { bare, type PlatformUnit } from '../server/application/platform.ts';
import { readTrace, traceCounts } from '../server/application/trace-file.ts';
import type { ModelId } from '../server/hardware/unit.ts';
import { capacity } from '../server/scheduling/capacity.ts';
import { apportion } from '../server/scheduling/interleave.ts';
import { number, textOf, whole } from './read-input.ts';
import type { Values } from './simulate-values.ts';
import { Unusable } from './unusable.ts';

/** The rate of `server` is what is looked for. */
export type AskedArrivals =
  | Exclude<Arrivals, { readonly kind: 'server' }>
  | { readonly kind: 'server'; readonly p99Ms: number };

/** The jobs of a run: how they come, how many of each model, and the mix those were made from. */
export interface Work {
  readonly arrivals: AskedArrivals;
  readonly counts: readonly number[];
  readonly mix: readonly number[];
}

export function readWork(values: Values, platform: readonly PlatformUnit[], models: readonly ModelId[]): Work {
  if (values.trace !== undefined) return recorded(values, values.trace, models);
  const mix = readMix(values.mix, models);
  const jobs = whole('--jobs', values.jobs ?? '300', 1, 10_000_000);
  const arrivals = readArrivals(values, () => capacity(bare(platform, models), mix));
  return { arrivals, mix, counts: apportion(jobs, mix) };
}

/** A trace says itself when what comes: whatever else would say it contradicts. */
function recorded(values: Values, file: string, models: readonly ModelId[]): Work {
  const other = [...SHAPING, 'jobs', 'mix', 'arrivals'] as const;
  const option = other.find((name) => values[name] !== undefined);
  if (option) throw new Unusable(`--trace and --${option} exclude each other`);
  const jobs = readTrace(textOf('--trace', file), models);
  if (!jobs.ok) throw new Unusable(`--trace ${file}: ${jobs.error}`);
  const counts = traceCounts(jobs.value, models);
  return { arrivals: { kind: 'trace', jobs: jobs.value }, counts, mix: counts };
}

function readMix(asked: string | undefined, models: readonly string[]): number[] {
  if (asked === undefined) return models.map(() => 1);
  const parts = asked.split(':').map((part) => number('--mix', part, 0, 1e9));
  if (parts.length !== models.length)
    throw new Unusable(
      `--mix needs ${models.length} numbers, one for each of ${models.join(', ')}, but "${asked}" has ${parts.length}`,
    );
  if (parts.every((part) => part === 0)) throw new Unusable('--mix asks for nothing: every share is 0');
  return parts;
}

const SHAPING = ['rate', 'load', 'burst-factor', 'burst-ms', 'p99-ms'] as const;
/** What each kind of arrivals takes beside its name. */
const TAKES: Readonly<Record<Exclude<Arrivals['kind'], 'trace'>, readonly (typeof SHAPING)[number][]>> = {
  closed: [],
  poisson: ['rate', 'load'],
  bursts: ['rate', 'load', 'burst-factor', 'burst-ms'],
  offline: [],
  server: ['p99-ms'],
  'single-stream': [],
  'multi-stream': [],
};

function readArrivals(values: Values, bound: () => number): AskedArrivals {
  const { rate, load } = values;
  if (rate !== undefined && load !== undefined) throw new Unusable('--rate and --load exclude each other');
  const kind = kindOf(values);
  const extra = SHAPING.find((name) => values[name] !== undefined && !TAKES[kind].includes(name));
  if (extra) throw new Unusable(`--arrivals ${kind} takes no --${extra}`);
  if (TAKES[kind].includes('rate') && rate === undefined && load === undefined)
    throw new Unusable(`--arrivals ${kind} needs --rate or --load`);
  const ratePerS = () =>
    rate === undefined ? number('--load', load ?? '', 1e-6, 1000) * bound() : number('--rate', rate, 1e-6, 1e9);
  switch (kind) {
    case 'poisson':
      return { kind, ratePerS: ratePerS() };
    case 'bursts':
      return {
        kind,
        ratePerS: ratePerS(),
        factor: number('--burst-factor', values['burst-factor'] ?? '4', 1, 1000),
        burstMs: number('--burst-ms', values['burst-ms'] ?? '1000', 1e-3, 1e9),
      };
    case 'server':
      if (values['p99-ms'] === undefined) throw new Unusable('--arrivals server needs --p99-ms');
      return { kind, p99Ms: number('--p99-ms', values['p99-ms'], 1e-6, 1e9) };
    default:
      return { kind };
  }
}

function kindOf({ arrivals, rate, load }: Values): keyof typeof TAKES {
  if (arrivals === undefined) return rate !== undefined || load !== undefined ? 'poisson' : 'closed';
  if (!Object.hasOwn(TAKES, arrivals))
    throw new Unusable(`--arrivals is one of ${Object.keys(TAKES).join(', ')}, not "${arrivals}"`);
  return arrivals as keyof typeof TAKES;
}
