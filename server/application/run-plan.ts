import type { Result } from '../brand.ts';
import { artefactFor, canRun, fileFor, type ModelFiles } from '../hardware/artefact.ts';
import type { Board, UnitSpec } from '../hardware/board.ts';
import type { ExperimentEstimate } from './estimate.ts';
import { arrivalsOf, modelsInOrder, wishesOf } from './estimate.ts';
import { type ExperimentSpec, runOrder, totalJobs, type WorkloadSpec } from './experiment.ts';
import type { KeptExperiment, NewExperiment, PlatformNames, SourceMix } from './ledger.ts';
import type { PlannedArrivals, RunPlan } from './messages.ts';
import type { Model } from './model.ts';
import { isPaced } from './paced.ts';
import type { Picture } from './picture-store.ts';
import type { RecordedStream } from './trace-store.ts';

/** A picture as far as a run cares. */
export type PictureFile = Omit<Picture, 'type'>;
/** What there is to choose from at the moment. */
export interface Stock {
  readonly boards: readonly Board[];
  readonly models: readonly (Model & ModelFiles)[];
  readonly pictures: readonly PictureFile[];
  /** Recorded streams of arrivals. */
  readonly traces: readonly RecordedStream[];
  /** Names of the policies. */
  readonly policies: readonly string[];
}

const unitsOf = (spec: ExperimentSpec, boards: readonly Board[]): UnitSpec[] =>
  boards.flatMap((board) => board.units.filter((unit) => spec.units.includes(unit.id)));
const picturesOf = (spec: ExperimentSpec, pictures: readonly PictureFile[]): PictureFile[] =>
  pictures
    .filter((picture) => (spec.pictures.length > 0 ? spec.pictures.includes(picture.sha256) : picture.sample))
    .slice(0, 64);

/** One sentence when the experiment names what is not there, or what its units could never run. */
export function check(spec: ExperimentSpec, stock: Stock): Result {
  const wrong = missing(spec, stock) ?? otherThanRecorded(spec, stock) ?? unrunnable(spec, stock);
  return wrong === null ? { ok: true, value: undefined } : { ok: false, error: wrong };
}

function missing(spec: ExperimentSpec, { boards, models, pictures, policies }: Stock): string | null {
  const units = unitsOf(spec, boards).map((unit) => unit.id as string);
  const unit = spec.units.find((id) => !units.includes(id));
  if (unit !== undefined) return `no board here has a unit "${unit}"`;
  const known = new Set<string>([...models.map((m) => m.id), ...boards.flatMap((board) => board.models)]);
  const model = spec.models.find((m) => !known.has(m.id));
  if (model) return `there is no model "${model.id}"`;
  const policy = spec.policies.find((name) => !policies.includes(name));
  if (policy !== undefined) return `there is no policy "${policy}"; there are ${policies.join(', ')}`;
  const picture = spec.pictures.find((sha) => !pictures.some((p) => p.sha256 === sha));
  return picture === undefined ? null : `there is no picture ${picture.slice(0, 12)}…`;
}

/** The recorded stream that the workload names; null where it names none, or one that is not here. */
export const recordedFor = ({ workload }: Pick<ExperimentSpec, 'workload'>, { traces }: Pick<Stock, 'traces'>) =>
  workload.kind === 'trace' ? (traces.find((trace) => trace.sha256 === workload.trace) ?? null) : null;

/** A recorded stream says itself how many jobs of which models there are. */
function otherThanRecorded(spec: ExperimentSpec, stock: Stock): string | null {
  if (spec.workload.kind !== 'trace') return null;
  const recorded = recordedFor(spec, stock);
  if (!recorded) return `there is no recorded stream ${spec.workload.trace.slice(0, 12)}…`;
  const asked = new Map(spec.models.map(({ id, jobs }) => [id, jobs]));
  for (const id of new Set([...Object.keys(recorded.models), ...asked.keys()])) {
    const has = Object.hasOwn(recorded.models, id) ? recorded.models[id] : 0;
    if (has !== (asked.get(id) ?? 0))
      return `the recorded stream has ${has} jobs of "${id}", not ${asked.get(id) ?? 0}`;
  }
  return null;
}

function unrunnable(spec: ExperimentSpec, { boards, models }: Stock): string | null {
  const units = unitsOf(spec, boards);
  for (const { id } of spec.models) {
    const files = models.find((model) => model.id === id)?.files ?? [];
    const able = units.filter((unit) => canRun(unit, id));
    if (able.some((unit) => unit.latencyMs || fileFor(unit, files) !== null)) continue;
    return able.some((unit) => artefactFor(unit, files))
      ? `the model "${id}" is still being prepared; try again in a moment`
      : `none of the chosen units can run "${id}"`;
  }
  return null;
}

/** The experiment as it will be kept: names as they are now, one run for each policy and repeat, what the simulator expects. */
export function experimentOf(
  spec: ExperimentSpec,
  createdBy: string,
  stock: Stock,
  estimate: ExperimentEstimate,
): NewExperiment {
  const units = unitsOf(spec, stock.boards);
  const predicted = new Map(estimate.perPolicy.map((each) => [each.policy, each.figures]));
  return {
    name: spec.name || nameOf(spec, units),
    spec,
    platform: namesOf(spec, stock),
    source: mixOf(units),
    createdBy,
    ratePerS: estimate.ratePerS,
    boundThroughput: Number.isFinite(estimate.boundThroughput) ? estimate.boundThroughput : null,
    runs: runOrder(spec).map((run) => ({ ...run, predicted: predicted.get(run.policy) ?? null })),
  };
}

function mixOf(units: readonly UnitSpec[]): SourceMix {
  const sources = new Set(units.map((unit) => unit.source));
  return sources.size > 1 ? 'mixed' : sources.has('hardware') ? 'hardware' : 'simulated';
}

function namesOf(spec: ExperimentSpec, { boards, models, pictures }: Stock): PlatformNames {
  const known = new Map(models.map((model) => [model.id, model]));
  return {
    units: unitsOf(spec, boards).map(({ id, name, source, precision }) => ({ id, name, source, precision })),
    models: modelsInOrder(spec, boards).map((id) => {
      const model = known.get(id);
      return { id, name: model?.name ?? id, trained: model?.trained ?? false };
    }),
    pictures: picturesOf(spec, pictures).map(({ file: _, ...names }) => names),
  };
}

/** "fcfs vs sjf on 4 units, 300 jobs" */
function nameOf(spec: ExperimentSpec, units: readonly UnitSpec[]): string {
  const many = spec.policies.length > 3;
  const policies = many ? `${spec.policies.length} policies` : spec.policies.join(' vs ');
  const where = units.length === 1 ? units[0]?.name : `${units.length} units`;
  const rate = rateName(spec.workload);
  return `${policies} on ${where}, ${totalJobs(spec)} jobs${rate}`.slice(0, 120);
}

function rateName(workload: WorkloadSpec): string {
  if (workload.kind === 'closed') return '';
  const name = workload.kind === 'poisson' ? '' : `, ${workload.kind}`;
  if (!isPaced(workload)) return name;
  return `${name} at ${workload.load ? `load ${workload.load}` : `${workload.ratePerS}/s`}`;
}

/** What the engine is handed. A board may have gone since the experiment was queued: then one sentence. */
export function planOf(experiment: KeptExperiment, run: KeptExperiment['runs'][number], stock: Stock): Result<RunPlan> {
  const { spec } = experiment;
  const sound = check(spec, stock);
  if (!sound.ok) return sound;
  const models = modelsInOrder(spec, stock.boards);
  const recorded = recordedFor(spec, stock);
  return {
    ok: true,
    value: {
      run: run.id,
      policy: run.policy,
      units: unitsOf(spec, stock.boards).map((unit) => unit.id),
      models,
      jobs: models.map((id) => spec.models.find((m) => m.id === id)?.jobs ?? 0),
      arrivals: plannedArrivals(spec.workload, experiment.ratePerS, recorded),
      ...wishesOf(spec, models),
      // The same arrivals for every policy of a repeat; other ones for the next repeat.
      seed: (spec.seed + run.repeat - 1) >>> 0,
      switchMs: spec.switchMs,
      noiseCv: spec.noiseCv,
      ranks: spec.ranks,
      warmUpS: spec.warmUpS,
      coolToC: spec.coolToC,
      pictures: picturesOf(spec, stock.pictures).map((picture) => picture.file),
    },
  };
}

function plannedArrivals(
  workload: WorkloadSpec,
  ratePerS: number | null,
  recorded: RecordedStream | null,
): PlannedArrivals {
  if (recorded) return { kind: 'trace', file: recorded.file };
  const arrivals = arrivalsOf(workload, ratePerS, null);
  if (arrivals.kind === 'trace') throw new Error('a recorded stream is planned by its file');
  return arrivals;
}
