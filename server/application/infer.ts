import type { Result } from '../brand.ts';
import { artefactFor, fileFor } from '../hardware/artefact.ts';
import type { SupervisedUnit } from '../hardware/supervisor.ts';
import { switchCostMs } from '../hardware/switch-cost.ts';
import { timeIn } from '../hardware/time-in.ts';
import type { Inference, ModelId, ProcessingUnit, UnitId } from '../hardware/unit.ts';
import type { DoneJob } from '../scheduling/job.ts';
import { createPolicy } from '../scheduling/policies/index.ts';
import { createProfiler, type KnownProfile } from '../scheduling/profiler.ts';
import type { Reason } from '../scheduling/reason.ts';
import { liveClock } from './live-clock.ts';
import { prepareUnits } from './prepare-units.ts';
import { type Run, startRun } from './run.ts';
import { givenProfiles } from './simulate.ts';
import { switchCostOf } from './switch-costs.ts';
import { workloadOf } from './workload.ts';
import type { Shop } from './works.ts';

/** One inference that somebody waits for. */
export interface InferQuestion {
  /** Names the answer. */
  readonly ask: number;
  readonly model: string;
  /** Which of them serves it is the scheduler's to say. */
  readonly units: readonly UnitId[];
  /** File of the picture; null where only units that compute nothing are asked. */
  readonly picture: string | null;
}

/** How it was served, and why there. Times in milliseconds. */
export interface Inferred {
  readonly unit: UnitId;
  readonly reason: Reason;
  /** Of each unit that was ready: from the decision to the expected answer; null: not known yet. */
  readonly expected: readonly { readonly unit: UnitId; readonly ms: number | null }[];
  /** Units that were asked and could not be waited for, each with the reason. */
  readonly unready: readonly { readonly unit: UnitId; readonly reason: string }[];
  /** 2 or more: a unit was lost with it. */
  readonly attempt: number;
  /** Whether another model had to leave for it. */
  readonly switched: boolean;
  readonly latency: InferLatency;
  /** The five likeliest classes; null: the unit computes nothing. */
  readonly top: NonNullable<Inference['top']> | null;
}

/** Where the time went, in milliseconds; the parts make up the whole. */
export interface InferLatency {
  /** Until its turn came, and until a unit was chosen. */
  readonly queueMs: number;
  /** Decoding the picture and handing it to the units. */
  readonly prepareMs: number;
  /** Making the model resident. */
  readonly switchMs: number;
  readonly computeMs: number;
  /** Of `computeMs`, what the device itself took; null: its library does not tell. */
  readonly deviceMs: number | null;
  /** To the unit's process and back. */
  readonly hopMs: number;
  readonly totalMs: number;
}

/** Serves single inferences while no run has the board: by the same scheduler, on the same units, one at a time. */
export interface InferDesk {
  /** Never rejects. `askedMs`: when it was asked for, on the board's clock. */
  serve(question: InferQuestion, askedMs: number): Promise<Result<Inferred>>;
  /** Whether one is being served. */
  readonly busy: boolean;
  lost(unit: UnitId, reason: string): void;
  returned(unit: UnitId): void;
}

export interface InferHeard {
  residentOf(unit: UnitId): readonly ModelId[];
  /** What the unit has loaded afterwards. */
  resident(unit: UnitId, models: readonly ModelId[]): void;
  done(unit: UnitId, switched: boolean): void;
  failed(unit: UnitId): void;
}

interface Served {
  readonly job: DoneJob;
  readonly inference: Inference;
  readonly endedMs: number;
}

const WAIT_FOR_UNITS_MS = 20_000;
const LOOK_EVERY_MS = 20;

export function createInferDesk(shop: Shop, heard: InferHeard): InferDesk {
  let run: Run | null = null;
  let busy = false;
  let lastLoss: string | null = null;
  const serveOne = (ready: readonly SupervisedUnit[], model: ModelId): Promise<Result<Served>> =>
    new Promise((answer) => {
      const units = ready.map((unit) => ({
        ...{ unit: processingUnit(shop, unit), driver: unit.driver },
        resident: heard.residentOf(unit.spec.id),
      }));
      const models = [...new Set([model, ...units.flatMap(({ resident }) => resident)])];
      const jobs = models.map((one) => (one === model ? 1 : 0));
      const profiler = createProfiler(knownOf(shop, ready, models));
      const latencyMs = (of: ModelId, unit: UnitId) => profiler.profile(of, unit)?.meanMs ?? null;
      const options = { units: units.map(({ unit }) => unit), models, mix: jobs, jobs, latencyMs, ranks: new Map() };
      run = startRun({
        ...{ clock: liveClock, units, models, profiler, inputs: 1, explained: true },
        workload: workloadOf({ kind: 'closed' }, jobs, jobs, 0),
        policy: createPolicy('mct', options),
        heard: {
          done(job, inference) {
            heard.done(job.unit, job.switched);
            answer({ ok: true, value: { job, inference, endedMs: liveClock.now() } });
          },
          failed(job) {
            if (job.unit !== null) heard.failed(job.unit);
            answer({ ok: false, error: job.unit === null ? nobodyLeft(lastLoss) : job.error });
          },
        },
        ended: () => {},
      });
    });
  const answerTo = async (question: InferQuestion, askedMs: number): Promise<Result<Inferred>> => {
    const model = question.model as ModelId;
    const asked = question.units.flatMap((id) => shop.units.get(id) ?? []).filter((unit) => runs(shop, unit, model));
    const beganMs = liveClock.now();
    await whenReady(asked);
    const ready = asked.filter((unit) => unit.status === 'ready');
    const unready = asked.filter((unit) => unit.status !== 'ready');
    if (ready.length === 0) return { ok: false, error: nobodyReady(unready, model) };
    const prepared = await prepareAll(ready, question.picture);
    if (!prepared.ok) return prepared;
    const preparedMs = liveClock.now();
    const served = await serveOne(ready, model);
    if (!served.ok) return served;
    const latency = latencyOf(served.value, { askedMs, beganMs, preparedMs });
    return { ok: true, value: { ...told(served.value, ready), unready: unready.map(reasonOf), latency } };
  };
  const leave = (units: readonly UnitId[]) => {
    for (const id of units) {
      const unit = shop.units.get(id);
      if (run && unit?.status === 'ready') heard.resident(id, run.engine.resident(id));
      unit?.forget();
      shop.show(id);
    }
    run = null;
    busy = false;
  };
  return {
    async serve(question, askedMs) {
      busy = true;
      lastLoss = null;
      try {
        return await answerTo(question, askedMs);
      } catch (error) {
        return { ok: false, error: error instanceof Error ? error.message : String(error) };
      } finally {
        leave(question.units);
      }
    },
    get busy() {
      return busy;
    },
    lost(unit, reason) {
      lastLoss = reason;
      run?.engine.lost(unit, reason);
      run?.settle();
    },
    returned: (unit) => run?.engine.returned(unit, []),
  };
}

function told({ job, inference }: Served, ready: readonly SupervisedUnit[]): Omit<Inferred, 'unready' | 'latency'> {
  const { unit, why, attempt, switched } = job;
  if (!why) throw new Error('the decision was not explained, though that was asked for');
  const finish = (u: number) => (Number.isFinite(why.finishMs[u]) ? (why.finishMs[u] ?? null) : null);
  return {
    ...{ unit, reason: why.reason, attempt, switched, top: inference.top ?? null },
    expected: ready.map(({ spec }, u) => ({ unit: spec.id, ms: finish(u) })),
  };
}

/** What no other part accounts for is the way to the unit's process and back. */
function latencyOf(
  { job, inference, endedMs }: Served,
  at: { readonly askedMs: number; readonly beganMs: number; readonly preparedMs: number },
): InferLatency {
  const prepareMs = at.preparedMs - at.beganMs;
  const queueMs = at.beganMs - at.askedMs + (job.dispatchMs - at.preparedMs);
  const [switchMs, computeMs] = [inference.loadMs, inference.endMs - inference.startMs];
  const totalMs = endedMs - at.askedMs;
  const hopMs = Math.max(0, totalMs - queueMs - prepareMs - switchMs - computeMs);
  return { queueMs, prepareMs, switchMs, computeMs, deviceMs: inference.deviceMs ?? null, hopMs, totalMs };
}

const runs = (shop: Shop, { spec }: SupervisedUnit, model: ModelId): boolean =>
  spec.latencyMs
    ? timeIn(spec.latencyMs, model) !== null
    : shop.models().some(({ id, files }) => id === model && fileFor(spec, files) !== null);

/** Nobody waits for a unit that is coming back while another is there. */
async function whenReady(units: readonly SupervisedUnit[]): Promise<void> {
  for (const unit of units) unit.start();
  const are = (status: SupervisedUnit['status']) => units.some((unit) => unit.status === status);
  for (let waitedMs = 0; waitedMs < WAIT_FOR_UNITS_MS; waitedMs += LOOK_EVERY_MS) {
    if (!are('starting') && (are('ready') || !are('waiting'))) return;
    await new Promise((later) => setTimeout(later, LOOK_EVERY_MS));
  }
}

function prepareAll(units: readonly SupervisedUnit[], picture: string | null): Promise<Result> {
  const pictures = picture === null ? [] : [picture];
  const plain = { run: 0, seed: 0, noiseCv: 0, pictures, preload: [] };
  return prepareUnits(units, ({ spec: { switchMs = 0 } }) => ({ ...plain, switchMs }));
}

/** Room for all models, where the unit has it. */
const ROOM = 1000;

function processingUnit(shop: Shop, { spec }: SupervisedUnit): ProcessingUnit {
  const { id, precision, source, modelSlots } = spec;
  const given = spec.latencyMs;
  return {
    ...{ id, precision, source, modelSlots: modelSlots ?? ROOM, depth: 1 },
    accepts: (model) =>
      given
        ? timeIn(given, model) !== null
        : shop.models().some((one) => one.id === model && artefactFor(spec, one.files)),
    switchCostMs(from, to) {
      // A unit that computes takes its time to load what it does not hold, as far as that was measured.
      const known = shop.profiler.profile(to, id);
      if (from === null) return given === null ? (known?.loadMs ?? 0) : 0;
      const learnt = { profiles: known ? [known] : [], switchCosts: shop.switchCosts() };
      return switchCostMs(switchCostOf(spec, [from, to], learnt), from, to);
    },
  };
}

/** A simulated unit knows its table; of a real one we know what was measured. */
function knownOf(shop: Shop, units: readonly SupervisedUnit[], models: readonly ModelId[]): KnownProfile[] {
  const measured = shop.profiler.profiles();
  return units.flatMap(({ spec: { id: unit, latencyMs } }): KnownProfile[] => {
    if (latencyMs === null) return measured.filter((profile) => profile.unit === unit);
    return givenProfiles([{ id: unit, latencyMs }], models);
  });
}

const reasonOf = ({ spec, status, reason }: SupervisedUnit) => ({ unit: spec.id, reason: reason ?? status });

function nobodyReady(unready: readonly SupervisedUnit[], model: ModelId): string {
  const [first] = unready;
  if (!first) return `none of these units can run "${model}"`;
  return `${first.spec.name} is ${first.status}${first.reason ? `: ${first.reason}` : ''}`;
}

const nobodyLeft = (lastLoss: string | null): string =>
  lastLoss === null
    ? 'no unit is left that can run it'
    : `the unit was lost with it, and no other can run it: ${lastLoss}`;
