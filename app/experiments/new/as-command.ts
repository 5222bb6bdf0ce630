import type { ExperimentSpec } from '../../../server/application/experiment.ts';
import { POSTER_TABLE } from '../../../server/hardware/simulated/poster.ts';

/** The experiment as POST /api/v1/experiments takes it. */
export const asJson = (spec: ExperimentSpec): string => JSON.stringify(spec, null, 2);

/** Launches it on this board from any machine that reaches it; the token is one's own. */
export const asCurl = (spec: ExperimentSpec, origin: string): string =>
  `curl ${origin}/api/v1/experiments -H "Authorization: Bearer $SWITCHYARD_TOKEN" -H 'content-type: application/json' -d ${quoted(JSON.stringify(spec))}`;

/** The same in the simulator, a line for each policy and repeat; null where its command line cannot say it. */
export function asSimulation(spec: ExperimentSpec): string | null {
  const shared = sharedOptions(spec);
  if (!shared) return null;
  const seeds = Array.from({ length: spec.repeats }, (_, repeat) => (spec.seed + repeat) >>> 0);
  return seeds
    .flatMap((seed) =>
      spec.policies.map((policy) => `npx switchyard simulate --policy ${policy} ${shared} --seed ${seed}`),
    )
    .join('\n');
}

/** A shell reads what stands between single quotes as it is. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const BOARD = 'tinker';

function sharedOptions(spec: ExperimentSpec): string | null {
  const units = POSTER_TABLE.units.map(({ id }) => `${BOARD}.${id}`);
  const counts = POSTER_TABLE.models.map((model) => spec.models.find(({ id }) => id === model)?.jobs ?? 0);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const asked = spec.models.reduce((sum, { jobs }) => sum + jobs, 0);
  const arrivals = arrivalOptions(spec.workload);
  const known = sameMembers(units, spec.units) && all === asked && typeof spec.ranks === 'string';
  if (!known || arrivals === null) return null;
  const per = (field: 'deadlineMs' | 'priority') =>
    spec.models.flatMap((model) => (model[field] === undefined ? [] : [`${model.id}=${model[field]}`])).join(',');
  return [
    `--jobs ${all} --mix ${counts.join(':')}`,
    ...arrivals,
    ...(spec.switchMs === 'table' ? [] : [`--switch-ms ${spec.switchMs}`]),
    ...(spec.noiseCv === 0 ? [] : [`--noise ${spec.noiseCv}`]),
    ...(spec.ranks === 'profiler' ? ['--ranks profiler'] : []),
    ...(per('deadlineMs') ? [`--deadline-ms ${per('deadlineMs')}`] : []),
    ...(per('priority') ? [`--priority ${per('priority')}`] : []),
  ].join(' ');
}

const sameMembers = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((member) => b.includes(member));

/** null: a recorded stream is a file that the command line would need, and its `server` looks for the rate itself. */
function arrivalOptions(workload: ExperimentSpec['workload']): string[] | null {
  switch (workload.kind) {
    case 'closed':
      return [];
    case 'poisson':
      return ['--arrivals poisson', pace(workload)];
    case 'bursts':
      return ['--arrivals bursts', pace(workload), `--burst-factor ${workload.factor} --burst-ms ${workload.burstMs}`];
    case 'offline':
    case 'single-stream':
    case 'multi-stream':
      return [`--arrivals ${workload.kind}`];
    case 'trace':
    case 'server':
      return null;
    default:
      return workload satisfies never;
  }
}

const pace = ({ ratePerS, load }: { ratePerS?: number | undefined; load?: number | undefined }): string =>
  ratePerS === undefined ? `--load ${load}` : `--rate ${ratePerS}`;
