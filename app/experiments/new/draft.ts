import type { ExperimentSpec, WorkloadSpec } from '../../../server/application/experiment.ts';
import { isPaced } from '../../../server/application/paced.ts';
import type { BoardView, PolicyView } from '../../../server/panel/wire.ts';
import { groupOf } from './policy-groups.ts';

/** How jobs arrive: our own ways, then MLPerf's scenarios. */
export const OWN_WAYS = ['closed', 'poisson', 'bursts', 'trace'] as const;
export const MLPERF_WAYS = ['offline', 'server', 'single-stream', 'multi-stream'] as const;
export type Way = WorkloadSpec['kind'];
export const isPacedWay = (way: Way): boolean => way === 'poisson' || way === 'bursts' || way === 'server';

/** The form as it is being filled in: numbers are what was typed. */
export interface Draft {
  readonly name: string;
  readonly units: readonly string[];
  /** Model → how many, as typed; models that are not chosen are not in it. */
  readonly jobs: Readonly<Record<string, string>>;
  readonly policies: readonly string[];
  readonly way: Way;
  readonly pace: 'rate' | 'load';
  readonly ratePerS: string;
  readonly loadPercent: string;
  readonly burstFactor: string;
  readonly burstMs: string;
  readonly p99Ms: string;
  /** Hash of the recorded stream; empty: none was chosen. */
  readonly trace: string;
  /** Model → milliseconds, as typed; empty or missing: none. */
  readonly deadlines: Readonly<Record<string, string>>;
  /** Model → 0 to 255, as typed; empty or missing: 0. */
  readonly priorities: Readonly<Record<string, string>>;
  readonly repeats: string;
  readonly seed: string;
  /** Seconds; empty: none. */
  readonly warmUpS: string;
  /** Degrees Celsius; empty: nobody waits for it to cool. */
  readonly coolToC: string;
  readonly switching: 'table' | 'forbidden' | 'ms';
  readonly switchMs: string;
  readonly noisePercent: string;
  readonly ranks: 'poster' | 'profiler' | 'given';
  /** Unit → models, best first. */
  readonly given: Readonly<Record<string, readonly string[]>>;
  readonly pictures: readonly string[];
}

export const EMPTY: Draft = {
  name: '',
  units: [],
  jobs: {},
  policies: ['fcfs'],
  way: 'closed',
  pace: 'load',
  ratePerS: '20',
  loadPercent: '80',
  burstFactor: '4',
  burstMs: '1000',
  p99Ms: '1000',
  trace: '',
  deadlines: {},
  priorities: {},
  repeats: '1',
  seed: '42',
  warmUpS: '',
  coolToC: '',
  switching: 'table',
  switchMs: '500',
  noisePercent: '0',
  ranks: 'poster',
  given: {},
  pictures: [],
};

export const PRESETS = ['poster', 'best', 'ours', 'slo', 'poisson', 'real'] as const;
export type Preset = (typeof PRESETS)[number];

/** Policies of ours that a preset sets beside the poster's: a batch has a plan, a stream has prices and the race. */
const OWN: Readonly<Record<Preset, readonly string[]>> = {
  poster: [],
  best: [],
  ours: ['fluid'],
  slo: ['fluid', 'deadline', 'mct'],
  poisson: ['fluid', 'race'],
  real: [],
};

/** What a preset means on the boards that there are; null where its board is missing. */
export function draftOf(
  preset: Preset,
  boards: readonly BoardView[],
  policies: readonly PolicyView[],
  name: string,
): Draft | null {
  const real = preset === 'real';
  const board = boards.find((board) => !board.custom && board.simulated !== real);
  if (!board || board.models.length === 0) return null;
  const draft: Draft = {
    ...EMPTY,
    name,
    units: board.units.filter(({ excluded }) => !excluded).map((unit) => unit.id),
    jobs: Object.fromEntries(board.models.slice(0, 3).map((model) => [model, real ? '20' : '100'])),
    policies: policies
      .map((policy) => policy.name)
      .filter((policy) => preset === 'best' || groupOf(policy) === 'poster' || OWN[preset].includes(policy))
      .filter((policy) => !real || ['fcfs', 'sjf'].includes(policy)),
  };
  if (real) return { ...draft, ranks: 'profiler' };
  const paid: Draft = { ...draft, switching: 'ms', switchMs: '500' };
  switch (preset) {
    case 'best':
      return { ...paid, repeats: '3' };
    case 'slo':
      return { ...paid, way: 'server', loadPercent: '60', p99Ms: '500' };
    case 'poisson':
      return { ...paid, way: 'poisson', loadPercent: '80' };
    default:
      return paid;
  }
}

/** What is asked of the board; numbers that are none become NaN, which the schema refuses in its own words. */
export function requestOf(draft: Draft): unknown {
  const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));
  return {
    name: draft.name,
    units: draft.units,
    models: Object.entries(draft.jobs).map(([id, jobs]) => ({
      id,
      jobs: number(jobs),
      ...(draft.deadlines[id] ? { deadlineMs: number(draft.deadlines[id]) } : {}),
      ...(draft.priorities[id] ? { priority: number(draft.priorities[id]) } : {}),
    })),
    policies: draft.policies,
    workload: workloadOf(draft, number),
    repeats: number(draft.repeats),
    seed: number(draft.seed),
    warmUpS: draft.warmUpS.trim() === '' ? 0 : number(draft.warmUpS),
    coolToC: draft.coolToC.trim() === '' ? null : number(draft.coolToC),
    switchMs: draft.switching === 'ms' ? number(draft.switchMs) : draft.switching,
    noiseCv: number(draft.noisePercent) / 100,
    ranks: draft.ranks === 'given' ? givenRanks(draft) : draft.ranks,
    pictures: draft.pictures,
  };
}

function workloadOf(draft: Draft, number: (text: string) => number): unknown {
  const kind = draft.way;
  const pace = draft.pace === 'rate' ? { ratePerS: number(draft.ratePerS) } : { load: number(draft.loadPercent) / 100 };
  switch (kind) {
    case 'poisson':
      return { kind, ...pace };
    case 'bursts':
      return { kind, ...pace, factor: number(draft.burstFactor), burstMs: number(draft.burstMs) };
    case 'server':
      return { kind, ...pace, p99Ms: number(draft.p99Ms) };
    case 'trace':
      return { kind, trace: draft.trace };
    default:
      return { kind };
  }
}

/** Every chosen unit with every chosen model, in the order given; models that were chosen later stand last. */
export function givenRanks(draft: Pick<Draft, 'units' | 'jobs' | 'given'>): Record<string, string[]> {
  const models = Object.keys(draft.jobs);
  return Object.fromEntries(
    draft.units.map((unit) => {
      const kept = (draft.given[unit] ?? []).filter((model) => models.includes(model));
      return [unit, [...kept, ...models.filter((model) => !kept.includes(model))]];
    }),
  );
}

/** The form that asks for this experiment again. */
export function draftFrom(spec: ExperimentSpec): Draft {
  const { workload, switchMs, ranks } = spec;
  return {
    ...EMPTY,
    name: spec.name,
    units: spec.units,
    jobs: Object.fromEntries(spec.models.map((model) => [model.id, String(model.jobs)])),
    policies: spec.policies,
    ...workloadFrom(workload),
    deadlines: typed(spec.models, 'deadlineMs'),
    priorities: typed(spec.models, 'priority'),
    repeats: String(spec.repeats),
    seed: String(spec.seed),
    warmUpS: spec.warmUpS ? String(spec.warmUpS) : '', // older questions have neither
    coolToC: spec.coolToC == null ? '' : String(spec.coolToC),
    switching: typeof switchMs === 'number' ? 'ms' : switchMs,
    ...(typeof switchMs === 'number' ? { switchMs: String(switchMs) } : {}),
    noisePercent: percent(spec.noiseCv),
    ranks: typeof ranks === 'string' ? ranks : 'given',
    given: typeof ranks === 'string' ? {} : ranks,
    pictures: spec.pictures,
  };
}

function workloadFrom(workload: WorkloadSpec): Partial<Draft> {
  return {
    way: workload.kind,
    ...(isPaced(workload) && workload.ratePerS !== undefined
      ? { pace: 'rate', ratePerS: String(workload.ratePerS) }
      : {}),
    ...(isPaced(workload) && workload.load !== undefined ? { loadPercent: percent(workload.load) } : {}),
    ...(workload.kind === 'bursts' ? { burstFactor: String(workload.factor), burstMs: String(workload.burstMs) } : {}),
    ...(workload.kind === 'server' ? { p99Ms: String(workload.p99Ms) } : {}),
    ...(workload.kind === 'trace' ? { trace: workload.trace } : {}),
  };
}

const percent = (share: number): string => String(Math.round(share * 1e6) / 1e4);

const typed = (models: ExperimentSpec['models'], field: 'deadlineMs' | 'priority'): Record<string, string> =>
  Object.fromEntries(models.flatMap((model) => (model[field] === undefined ? [] : [[model.id, String(model[field])]])));
