import type { ExperimentSpec } from '../../../server/application/experiment.ts';
import type { BoardView, PolicyView } from '../../../server/panel/wire.ts';
import { groupOf } from './policy-groups.ts';

/** The form as it is being filled in: numbers are what was typed. */
export interface Draft {
  readonly name: string;
  readonly units: readonly string[];
  /** Model → how many, as typed; models that are not chosen are not in it. */
  readonly jobs: Readonly<Record<string, string>>;
  readonly policies: readonly string[];
  readonly arrivals: 'closed' | 'rate' | 'load';
  readonly ratePerS: string;
  readonly loadPercent: string;
  readonly repeats: string;
  readonly seed: string;
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
  arrivals: 'closed',
  ratePerS: '20',
  loadPercent: '80',
  repeats: '1',
  seed: '42',
  switching: 'table',
  switchMs: '500',
  noisePercent: '0',
  ranks: 'poster',
  given: {},
  pictures: [],
};

export const PRESETS = ['poster', 'real', 'poisson'] as const;
export type Preset = (typeof PRESETS)[number];

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
    units: board.units.map((unit) => unit.id),
    jobs: Object.fromEntries(board.models.slice(0, 3).map((model) => [model, real ? '20' : '100'])),
    policies: policies
      .map((policy) => policy.name)
      .filter((policy) => (real ? ['fcfs', 'sjf'].includes(policy) : groupOf(policy) === 'poster')),
  };
  if (real) return { ...draft, ranks: 'profiler' };
  const paid: Draft = { ...draft, switching: 'ms', switchMs: '500' };
  return preset === 'poster' ? paid : { ...paid, arrivals: 'load', loadPercent: '80' };
}

/** What is asked of the board; numbers that are none become NaN, which the schema refuses in its own words. */
export function requestOf(draft: Draft): unknown {
  const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));
  return {
    name: draft.name,
    units: draft.units,
    models: Object.entries(draft.jobs).map(([id, jobs]) => ({ id, jobs: number(jobs) })),
    policies: draft.policies,
    workload: workloadOf(draft, number),
    repeats: number(draft.repeats),
    seed: number(draft.seed),
    switchMs: draft.switching === 'ms' ? number(draft.switchMs) : draft.switching,
    noiseCv: number(draft.noisePercent) / 100,
    ranks: draft.ranks === 'given' ? givenRanks(draft) : draft.ranks,
    pictures: draft.pictures,
  };
}

function workloadOf(draft: Draft, number: (text: string) => number): unknown {
  if (draft.arrivals === 'closed') return { kind: 'closed' };
  if (draft.arrivals === 'rate') return { kind: 'poisson', ratePerS: number(draft.ratePerS) };
  return { kind: 'poisson', load: number(draft.loadPercent) / 100 };
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
  const percent = (share: number) => String(Math.round(share * 1e6) / 1e4);
  return {
    ...EMPTY,
    name: spec.name,
    units: spec.units,
    jobs: Object.fromEntries(spec.models.map((model) => [model.id, String(model.jobs)])),
    policies: spec.policies,
    arrivals: workload.kind === 'closed' ? 'closed' : workload.load === undefined ? 'rate' : 'load',
    ...(workload.kind === 'poisson' && workload.ratePerS !== undefined ? { ratePerS: String(workload.ratePerS) } : {}),
    ...(workload.kind === 'poisson' && workload.load !== undefined ? { loadPercent: percent(workload.load) } : {}),
    repeats: String(spec.repeats),
    seed: String(spec.seed),
    switching: typeof switchMs === 'number' ? 'ms' : switchMs,
    ...(typeof switchMs === 'number' ? { switchMs: String(switchMs) } : {}),
    noisePercent: percent(spec.noiseCv),
    ranks: typeof ranks === 'string' ? ranks : 'given',
    given: typeof ranks === 'string' ? {} : ranks,
    pictures: spec.pictures,
  };
}
