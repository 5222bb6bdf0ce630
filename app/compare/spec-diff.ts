import type { ExperimentSpec, RunDetail } from '../../server/panel/wire.ts';

/** One field of what was asked: every run's value, in the order of the runs. */
export interface Field {
  readonly name: string;
  readonly values: readonly unknown[];
}
export interface SpecDiff {
  readonly same: readonly Field[];
  readonly differs: readonly Field[];
  /** More than policy and repeat differs: ratios then tell of more than the policy. */
  readonly conditionsDiffer: boolean;
}

const FIELDS: readonly (keyof ExperimentSpec)[] = [
  'units',
  'models',
  'workload',
  'seed',
  'switchMs',
  'noiseCv',
  'ranks',
  'pictures',
];
const EXPECTED = ['policy', 'repeat'];

/** What is the same and what is not; how many policies or repeats the experiment had is no condition of a run. */
export function specDiff(runs: readonly Pick<RunDetail, 'policy' | 'repeat' | 'spec'>[]): SpecDiff {
  const fields: Field[] = [
    { name: 'policy', values: runs.map((run) => run.policy) },
    { name: 'repeat', values: runs.map((run) => run.repeat) },
    ...FIELDS.map((name) => ({ name, values: runs.map((run) => run.spec[name]) })),
  ];
  const isSame = ({ name, values }: Field) => new Set(values.map((value) => said(name, value))).size <= 1;
  const differs = fields.filter((field) => !isSame(field));
  return {
    same: fields.filter(isSame),
    differs,
    conditionsDiffer: differs.some(({ name }) => !EXPECTED.includes(name)),
  };
}

/** Sets are told without their order; a ranking is its order. */
function said(name: string, value: unknown): string {
  if (name === 'units' || name === 'pictures') return JSON.stringify([...(value as readonly string[])].sort());
  if (name === 'models')
    return JSON.stringify(
      [...(value as ExperimentSpec['models'])].map((m) => [m.id, m.jobs, m.deadlineMs ?? null, m.priority ?? 0]).sort(),
    );
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
