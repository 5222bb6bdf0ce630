import type { Result } from '../brand.ts';
import type { MachineWatched } from '../hardware/health/watch.ts';
import { POSTER_RANKS } from '../hardware/simulated/poster.ts';
import type { SupervisedUnit } from '../hardware/supervisor.ts';
import type { ModelId, ProcessingUnit, UnitId } from '../hardware/unit.ts';
import { createPolicy } from '../scheduling/policies/index.ts';
import type { PolicyOptions } from '../scheduling/policy.ts';
import type { Drift, KnownProfile, Profile, Profiler } from '../scheduling/profiler.ts';
import { type Arrivals, measuringOf } from './arrivals.ts';
import { calibrate } from './calibrate.ts';
import { platformOf } from './estimate.ts';
import { liveClock } from './live-clock.ts';
import { momentBefore, momentOf, qualityOf } from './live-measures.ts';
import { measuredNow } from './measure/kept.ts';
import { figuresOf, type RunFigures } from './measures.ts';
import type { NoteKind, RunLive, RunPlan } from './messages.ts';
import { type PlatformUnit, policyOptions, unitsOf } from './platform.ts';
import { prepareUnits } from './prepare-units.ts';
import { realisedBound } from './realised-bound.ts';
import { openRehearsalHall } from './rehearsal-hall.ts';
import { type Run, startRun } from './run.ts';
import { type ConditionsBook, openConditions } from './run-conditions.ts';
import { createRunProfiler, isBetterKnown, type RunProfiler } from './run-profiler.ts';
import { settleBoard, settles } from './settle.ts';
import { expected, givenProfiles } from './simulate.ts';
import { encodeTrace } from './trace.ts';
import { readTraceFile } from './trace-store.ts';
import { jumpText, watchWallClock } from './wall-clock.ts';
import { warmUp } from './warm-up.ts';
import { workloadOf } from './workload.ts';
import type { Shop } from './works.ts';
import { isWorthSaying } from './worth-saying.ts';

/** A run on units with processes behind them: preparing → running → ended, and stoppable at any moment of it. */
export interface LiveRun {
  readonly id: number;
  go(): Promise<void>;
  stop(): void;
  /** The server ends: what was recorded has been said, nothing more is. */
  abandon(): void;
  lost(unit: UnitId, reason: string, byItself?: boolean): void;
  returned(unit: UnitId): void;
  settle(): void;
  note(kind: NoteKind, unit: UnitId | null, text: string): void;
  /** The machine was looked at. */
  seeMachine(machine: MachineWatched): void;
  seat(unit: UnitId): { readonly model: ModelId | undefined; readonly resident: readonly ModelId[] } | undefined;
}

export interface LiveRunEvents {
  /** `switched`: another model had to leave for it. */
  jobDone(unit: UnitId, switched: boolean): void;
  jobFailed(unit: UnitId): void;
  /** Its service times are lastingly so many times what they were. */
  drifted(unit: UnitId, factor: number): void;
  ended(): void;
}

const TICK_MS = 50;
/** So many answers of real units are kept per run: one for each model and picture. */
const MOST_ANSWERS = 512;
const WAIT_FOR_UNITS_MS = 30_000;
/** Jobs that only an unplugged unit could run wait so long for it; then they fail with a sentence. */
const ABSENCE_MS = 60_000;
/** An answer is up and the next order down within 0.2 to 0.5 ms; timers go off up to 2 ms late. */
const AHEAD_MS = 3;

export function createLiveRun(shop: Shop, plan: RunPlan, events: LiveRunEvents): LiveRun {
  const models = plan.models as readonly ModelId[];
  const supervised = plan.units.flatMap((id) => shop.units.get(id) ?? []);
  let phase: RunLive['phase'] | 'over' = 'preparing';
  let run: Run | null = null;
  let conditions: ConditionsBook | null = null;
  let ticker: NodeJS.Timeout | null = null;
  const hall = openRehearsalHall();
  let said = 0;
  let platform: readonly PlatformUnit[] = [];
  /** What each unit has loaded before the first job, and again after it was lost. */
  const resident = new Map<UnitId, readonly ModelId[]>();
  const lostAtMs = new Map<UnitId, number>();

  const mayReturn = (unit: SupervisedUnit) => {
    if (unit.status === 'absent') return liveClock.now() - (lostAtMs.get(unit.spec.id) ?? 0) < ABSENCE_MS;
    return unit.status === 'starting' || unit.status === 'waiting';
  };
  const end = (status: 'done' | 'stopped' | 'failed', reason: string | null) => {
    if (phase === 'over') return;
    phase = 'over';
    hall.close();
    if (ticker) clearInterval(ticker);
    for (const unit of supervised) unit.forget();
    flush();
    const total = plan.jobs.reduce((sum, n) => sum + n, 0);
    const measured = { units: plan.units, models, ...measuringOf(plan.arrivals, total) };
    shop.say({
      type: 'run:ended',
      run: plan.run,
      status,
      reason,
      figures: run && withBound(figuresOf(run.recorder.since(0), measured), run),
      failed: run?.failed ?? 0,
      quality: run
        ? { ...qualityOf(run), machine: conditions?.close(sinceStart(run)) ?? null }
        : { hopP50Us: 0, hopP99Us: 0, decisions: 0, decisionMeanUs: 0 },
    });
    events.ended();
  };
  const withBound = (figures: RunFigures | null, of: Run): RunFigures | null => {
    const given = new Set(supervised.filter(({ spec }) => spec.latencyMs !== null).map(({ spec }) => spec.id));
    const exact = (unit: PlatformUnit) => given.has(unit.id) && plan.noiseCv === 0;
    return figures && { ...figures, boundThroughput: realisedBound(of.recorder.since(0), platform, models, exact) };
  };
  const flush = () => {
    if (!run || run.recorder.rows === said) return;
    const rows = run.recorder.since(said);
    shop.say({ type: 'run:rows', run: plan.run, firstSeq: said, rows: rows.rows, data: encodeTrace(rows) });
    said = run.recorder.rows;
  };
  const tick = () => {
    if (!run || phase === 'over') return;
    flush();
    wall.look();
    const running = new Map(
      plan.units.flatMap((unit) =>
        run!.engine
          .held(unit)
          .slice(0, 1)
          .map((job) => [unit, job.dispatchMs] as const),
      ),
    ); // checked above
    shop.say({ type: 'run:live', live: momentOf(run, plan.run, phase, plan.units, models, liveClock.now(), running) });
    for (const unit of plan.units) shop.show(unit);
  };
  const note = (kind: NoteKind, unit: UnitId | null, text: string, atMs = run ? sinceStart(run) : 0) => {
    if (phase === 'over') return;
    shop.say({ type: 'run:note', run: plan.run, atMs, kind, unit, text });
  };
  const wall = watchWallClock({ wallMs: Date.now, monotonicMs: liveClock.now }, (byMs) =>
    note('info', null, jumpText(byMs)),
  );
  const seeMachine = (machine: MachineWatched) => {
    if (!run || phase === 'over') return;
    conditions ??= openConditions(run.originMs, (kind, text, atMs) => note(kind, null, text, atMs));
    conditions.see(machine, sinceStart(run));
  };
  const drifted = ({ unit, models, factor }: Drift) => {
    if (models === null) events.drifted(unit, factor);
    const whose = models === null ? 'it' : models.join(', ');
    if (isWorthSaying(factor)) note('drift', unit, `${whose} takes ${factor.toFixed(2)} times as long as before`);
  };
  /** With somewhere to rehearse that delays no job, and somebody who hears how it went. */
  const rehearsed = (options: PolicyOptions): PolicyOptions => ({
    ...options,
    rehearse: hall.rehearse(options),
    onRound: (round) => phase !== 'over' && shop.say({ type: 'run:race', run: plan.run, round }),
  });
  const settle = async (units: readonly ProcessingUnit[]): Promise<void> => {
    const total = plan.jobs.reduce((sum, n) => sum + n, 0);
    const wrong = await settleBoard(plan, {
      units: units.flatMap(({ id, accepts }) => {
        const unit = shop.units.get(id);
        return unit ? [{ unit, models: models.filter(accepts) }] : [];
      }),
      resident,
      temperatureC: () => shop.machine()?.temperatureC ?? null,
      cancelled: () => phase === 'over',
      say(settling) {
        if (phase !== 'over') shop.say({ type: 'run:live', live: momentBefore(plan.run, total, settling) });
      },
    });
    if (wrong !== null) note('info', null, wrong);
  };
  const begin = (units: readonly ProcessingUnit[], learning: RunProfiler, arrivals: Arrivals) => {
    const answered = new Set<string>();
    const expecting = expected({ arrivals, counts: plan.jobs });
    const wishes = { withinMs: plan.deadlineMs, priority: plan.priority };
    phase = 'running';
    shop.say({ type: 'run:started', run: plan.run, startedAt: Date.now() });
    ticker = setInterval(tick, TICK_MS);
    run = startRun({
      clock: liveClock,
      models,
      units: units.map((unit) => ({
        unit,
        driver: shop.units.get(unit.id)!.driver,
        resident: resident.get(unit.id) ?? [],
      })), // readiness was checked
      workload: workloadOf(arrivals, plan.jobs, plan.jobs, plan.seed, wishes),
      policy: createPolicy(
        plan.policy,
        rehearsed(policyOptions(platform, units, models, expecting, plan.ranks, POSTER_RANKS)),
      ),
      profiler: learning.profiler,
      inputs: plan.pictures.length,
      stopwatch: () => performance.now(),
      explained: true,
      aheadMs: AHEAD_MS,
      mayReturn: () => supervised.some(mayReturn),
      heard: {
        done(job, { top }) {
          events.jobDone(job.unit, job.switched);
          const key = `${job.unit}/${job.model}/${job.input}`;
          if (!top || answered.has(key) || answered.size >= MOST_ANSWERS) return;
          answered.add(key);
          shop.say({
            type: 'run:answer',
            run: plan.run,
            answer: { unit: job.unit, model: job.model, input: job.input, top },
          });
        },
        failed(job) {
          if (job.unit !== null) events.jobFailed(job.unit);
          note('job-failed', job.unit, `job ${job.id} (${job.model}) failed: ${job.error}`);
        },
        lost: (job, reason) => note('job-retried', job.unit, `job ${job.id} (${job.model}) waits again: ${reason}`),
      },
      ended: (wasStopped) => {
        learn(shop, learning, plan);
        end(wasStopped ? 'stopped' : 'done', null);
      },
    });
    const machine = shop.machine();
    if (machine) seeMachine(machine);
  };
  return {
    id: plan.run,
    async go() {
      try {
        if (phase === 'over') return;
        const ready = await whenReady(supervised, plan, () => phase === 'over');
        if (!ready.ok) return end('failed', ready.error);
        await calibrate(
          shop,
          (unit, model) => plan.units.includes(unit) && models.includes(model),
          () => phase === 'over',
        );
        const profiles = shop.profiler.profiles();
        platform = platformOf(shop.boards(), plan.units, models, { profiles, switchCosts: shop.switchCosts() });
        const units = unitsOf(platform, models, plan.jobs, { switchMs: plan.switchMs, depth: 1 });
        for (const unit of units) resident.set(unit.id, preloaded(unit, models));
        if (settles(plan)) {
          const first = await prepareAll(supervised, resident, platform, plan);
          if (!first.ok) return end('failed', first.error);
          await settle(units);
          const again = await whenReady(supervised, plan, () => phase === 'over'); // one may have been lost meanwhile
          if (!again.ok) return end('failed', again.error);
        }
        const prepared = await prepareAll(supervised, resident, platform, plan);
        if (!prepared.ok) return end('failed', prepared.error);
        const arrivals = arrivalsIn(plan);
        if (!arrivals.ok) return end('failed', arrivals.error);
        const known = knownAtStart(platform, models, profiles, supervised);
        warmUp(playable(plan, platform, arrivals.value));
        if (phase === 'preparing') begin(units, createRunProfiler(known, drifted), arrivals.value);
      } catch (error) {
        end('failed', error instanceof Error ? error.message : String(error));
      }
    },
    stop() {
      if (!run) return end('stopped', 'it was stopped before its first job');
      phase = phase === 'running' ? 'ending' : phase;
      run.stop();
    },
    abandon() {
      run?.abandon();
      hall.close();
      flush();
      phase = 'over';
      if (ticker) clearInterval(ticker);
    },
    lost(unit, reason, byItself) {
      if (!run || !plan.units.includes(unit)) return;
      note('unit-lost', unit, reason);
      lostAtMs.set(unit, liveClock.now());
      run.engine.lost(unit, reason, byItself);
      setTimeout(() => run?.settle(), ABSENCE_MS + 100).unref();
    },
    returned(unit) {
      if (!run || !plan.units.includes(unit)) return;
      note('unit-back', unit, 'it is back');
      run.engine.returned(unit, resident.get(unit) ?? []);
    },
    settle: () => run?.settle(),
    note: (kind, unit, text) => note(kind, unit, text),
    seeMachine,
    seat: (unit) =>
      run && plan.units.includes(unit)
        ? { model: run.engine.held(unit)[0]?.model, resident: run.engine.resident(unit) }
        : undefined,
  };
}

const sinceStart = (run: Run): number => liveClock.now() - run.originMs;

/** The run as the simulator plays it. */
function playable(plan: RunPlan, platform: readonly PlatformUnit[], arrivals: Arrivals) {
  const { models, policy, ranks, seed, noiseCv, deadlineMs, priority, switchMs } = plan;
  return {
    ...{ platform, models: models as readonly ModelId[], counts: plan.jobs, arrivals, policy, ranks, seed, noiseCv },
    ...{ posterRanks: POSTER_RANKS, conditions: { switchMs, depth: 1 }, explained: true },
    ...(deadlineMs && { deadlineMs }),
    ...(priority && { priority }),
  };
}

/** A recorded stream is read here, so that its jobs need not pass between the threads. */
function arrivalsIn({ arrivals, models }: RunPlan): Result<Arrivals> {
  if (arrivals.kind !== 'trace') return { ok: true, value: arrivals };
  const jobs = readTraceFile(arrivals.file, models);
  return jobs.ok ? { ok: true, value: { kind: 'trace', jobs: jobs.value } } : jobs;
}

/** A unit with room for all models has them loaded before the first job; one with less starts empty. */
const preloaded = (unit: ProcessingUnit, models: readonly ModelId[]): ModelId[] =>
  unit.modelSlots >= models.length ? models.filter(unit.accepts) : [];

/** A simulated unit starts each run knowing its table; what a real one taught us in earlier runs stays. */
function knownAtStart(
  platform: readonly PlatformUnit[],
  models: readonly ModelId[],
  known: ReturnType<Profiler['profiles']>,
  units: readonly SupervisedUnit[],
): KnownProfile[] {
  const real = new Set(units.filter(({ spec }) => spec.latencyMs === null).map(({ spec }) => spec.id));
  const given = givenProfiles(
    platform.filter((unit) => !real.has(unit.id)),
    models,
  );
  return [...given, ...known.filter((profile) => real.has(profile.unit))];
}

/** What the run measured is what we know from now on, unless it was better known before. */
function learn(shop: Shop, learning: RunProfiler, { run: id, units }: RunPlan): void {
  const kept = shop.profiler.profiles();
  const keptOf = ({ unit, model }: Profile) => kept.find((each) => each.unit === unit && each.model === model);
  for (const found of learning.found()) {
    const { profile } = found;
    if (!isBetterKnown(found, keptOf(profile))) continue;
    const options = shop.units.get(profile.unit)?.options ?? { threads: 1, cores: null };
    const beside = units.filter((other) => other !== profile.unit);
    shop.profiler.replace(profile);
    shop.learned(profile, measuredNow('run', options, shop, { id, beside }));
  }
}

async function whenReady(units: readonly SupervisedUnit[], plan: RunPlan, cancelled: () => boolean): Promise<Result> {
  if (units.length < plan.units.length)
    return {
      ok: false,
      error: `this board has no unit ${plan.units.find((id) => !units.some((u) => u.spec.id === id))}`,
    };
  for (const unit of units) unit.start();
  const until = liveClock.now() + WAIT_FOR_UNITS_MS;
  for (;;) {
    const late = units.find((unit) => unit.status !== 'ready');
    if (!late || cancelled()) return { ok: true, value: undefined };
    if (late.status === 'absent' || late.status === 'quarantined' || liveClock.now() > until)
      return { ok: false, error: `${late.spec.name} is ${late.status}${late.reason ? `: ${late.reason}` : ''}` };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function prepareAll(
  supervised: readonly SupervisedUnit[],
  resident: ReadonlyMap<UnitId, readonly ModelId[]>,
  platform: readonly PlatformUnit[],
  { run, seed, noiseCv, pictures, switchMs }: RunPlan,
): Promise<Result> {
  return prepareUnits(supervised, ({ spec: { id } }) => {
    const own = platform.find((p) => p.id === id)?.switchMs ?? 0;
    const preload = resident.get(id) ?? [];
    return { run, seed, noiseCv, switchMs: typeof switchMs === 'number' ? switchMs : own, pictures, preload };
  });
}
