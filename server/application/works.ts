import { fileFor, type ModelFiles } from '../hardware/artefact.ts';
import type { Board, UnitSpec } from '../hardware/board.ts';
import type { MachineWatched } from '../hardware/health/watch.ts';
import { builtProgram } from '../hardware/program.ts';
import { type SupervisedUnit, superviseUnit } from '../hardware/supervisor.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { createProfiler, type KnownProfile, type Profiler } from '../scheduling/profiler.ts';
import { calibrate } from './calibrate.ts';
import { createInferDesk, type InferQuestion } from './infer.ts';
import { liveClock } from './live-clock.ts';
import { createLiveRun, type LiveRun } from './live-run.ts';
import { type KeptSwitchCost, type Measured, renewed, switchKey, wholeProfile } from './measure/kept.ts';
import { createMeasureSession, type MeasureSession } from './measure/session.ts';
import {
  type EngineCommand,
  type EngineEvent,
  FAULTS_CLEARED,
  type RunPlan,
  type UnitLive,
  type UnitStatus,
} from './messages.ts';
import { isWorthSaying } from './worth-saying.ts';

/** Everything the engine's thread holds: the units with their processes, what is known of them, and the run of the moment. */
export interface Works {
  command(command: Exclude<EngineCommand, { type: 'close' }>): void;
  close(): void;
}

export interface Shop {
  readonly say: (event: EngineEvent) => void;
  readonly units: ReadonlyMap<UnitId, SupervisedUnit>;
  readonly boards: () => readonly Board[];
  readonly models: () => readonly ModelFiles[];
  readonly samples: () => readonly string[];
  readonly profiler: Profiler;
  /** What was measured of changing models; see measure/switching.ts. */
  readonly switchCosts: () => readonly KeptSwitchCost[];
  /** The product's own version. */
  readonly version: () => string;
  /** To be kept, and told. */
  readonly learned: (profile: KnownProfile, measured: Measured) => void;
  /** The unit has loaded the model, and keeps it as long as there is room. */
  readonly holds: (unit: SupervisedUnit, model: ModelId) => void;
  /** As it was when it was last looked at; null: it was not yet. */
  readonly machine: () => MachineWatched | null;
  /** Tells the panel of the unit, at most every so often. */
  readonly show: (unit: UnitId) => void;
}

/** What is known of a unit besides what its supervisor says. */
interface Known {
  readonly jobs: number;
  readonly failed: number;
  readonly switches: number;
  readonly drift: number;
  readonly loaded: readonly ModelId[];
}

/** A single inference may find its model on the disk of a slow board. */
const LOAD_MS = 20_000;
const SHOW_EVERY_MS = 50;
const SLEEP_AFTER_MS = 30_000;

export function createWorks(say: (event: EngineEvent) => void): Works {
  const units = new Map<UnitId, SupervisedUnit>();
  const jobs = new Map<UnitId, number>();
  const dirty = new Set<UnitId>();
  let boards: readonly Board[] = [];
  let models: readonly ModelFiles[] = [];
  let samples: readonly string[] = [];
  let profiler = createProfiler([]);
  let switchCosts: readonly KeptSwitchCost[] = [];
  let version = '';
  let machine: MachineWatched | null = null;
  let run: LiveRun | null = null;
  let session: MeasureSession | null = null;
  /** Factors of the lasting changes noticed since each unit's last run began. */
  const drift = new Map<UnitId, number>();
  /** What each unit had loaded when it was last at work; nothing where that is not known. */
  const loaded = new Map<UnitId, readonly ModelId[]>();
  const failed = new Map<UnitId, number>();
  const switches = new Map<UnitId, number>();
  /** Single inferences that wait for their turn, or are being served. */
  let asked = 0;
  let sleeper: NodeJS.Timeout | null = null;
  let busy: Promise<unknown> = Promise.resolve();

  const shop: Shop = {
    say(event) {
      if (event.type === 'switch-costs') switchCosts = renewed(switchCosts, event.costs, switchKey);
      say(event);
    },
    units,
    boards: () => boards,
    models: () => models,
    samples: () => samples,
    get profiler() {
      return profiler;
    },
    switchCosts: () => switchCosts,
    version: () => version,
    machine: () => machine,
    learned: (profile, measured) => say({ type: 'profile', profile: { ...wholeProfile(profile), ...measured } }),
    holds({ spec }, model) {
      if (spec.modelSlots !== null) return; // which of them left for it is not followed here
      loaded.set(spec.id, [...(loaded.get(spec.id) ?? []).filter((one) => one !== model), model]);
      shop.show(spec.id);
    },
    show: (unit) => void dirty.add(unit),
  };
  const shower = setInterval(() => {
    for (const id of dirty) {
      const unit = units.get(id);
      if (unit)
        say({ type: 'unit', unit: liveOf(unit, run?.seat(id), { ...countsOf(id), drift: drift.get(id) ?? 1 }) });
    }
    dirty.clear();
  }, SHOW_EVERY_MS);
  const countsOf = (id: UnitId) => ({
    ...{ jobs: jobs.get(id) ?? 0, failed: failed.get(id) ?? 0, switches: switches.get(id) ?? 0 },
    loaded: loaded.get(id) ?? [],
  });
  const count = (counts: Map<UnitId, number>, unit: UnitId) => counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const jobDone = (unit: UnitId, switched: boolean) => {
    count(jobs, unit);
    if (switched) count(switches, unit);
  };
  const jobFailed = (unit: UnitId) => void count(failed, unit);
  const desk = createInferDesk(shop, {
    residentOf: (unit) => loaded.get(unit) ?? [],
    resident: (unit, models) => void loaded.set(unit, [...models]),
    done: jobDone,
    failed: jobFailed,
  });
  const supervise = (spec: UnitSpec): SupervisedUnit =>
    superviseUnit({
      spec,
      program: builtProgram(`unit-${spec.driver}`),
      models: () => models.map(({ id, files }) => ({ id, file: fileFor(spec, files) })),
      deadlineMs: (model) =>
        Math.max(2000, 10 * (profiler.profile(model, spec.id)?.p95Ms ?? 1000)) +
        (desk.busy && spec.latencyMs === null ? LOAD_MS : 0),
      events: {
        opened: (info) => say({ type: 'unit-info', unit: spec.id, info }),
        warmth: (temperatureC) => say({ type: 'unit-warmth', unit: spec.id, temperatureC }),
        changed() {
          shop.show(spec.id);
          if (units.get(spec.id)?.status === 'ready') measureSoon();
          if (units.get(spec.id)?.status === 'quarantined') run?.settle();
        },
        lost(reason, byItself) {
          loaded.delete(spec.id);
          run?.lost(spec.id, reason, byItself);
          desk.lost(spec.id, reason);
        },
        returned() {
          run?.returned(spec.id);
          desk.returned(spec.id);
        },
      },
    });
  const arrange = (command: Extract<EngineCommand, { type: 'boards' }>) => {
    ({ boards, models, samples, version } = command);
    if (switchCosts.length === 0) switchCosts = command.switchCosts;
    if (profiler.profiles().length === 0) profiler = createProfiler(command.profiles);
    const specs = boards.flatMap((board) => board.units.map((spec) => ({ spec, custom: board.custom })));
    for (const [id, unit] of units) {
      if (specs.some(({ spec }) => spec.id === id)) continue;
      unit.stop();
      units.delete(id);
    }
    for (const { spec, custom } of specs) {
      const known = units.get(spec.id);
      if (known && isAnother(known.spec, spec)) {
        known.stop();
        units.delete(spec.id);
        loaded.delete(spec.id);
      }
      units.get(spec.id)?.follow(spec);
      units.get(spec.id)?.refresh();
      if (units.has(spec.id)) continue;
      const unit = supervise(spec);
      units.set(spec.id, unit);
      if (!custom) unit.start();
      shop.show(spec.id);
    }
    measureSoon();
  };
  /** Real units that were never measured are, as soon as nothing else runs: predictions and policies need a profile. */
  const measureSoon = () => {
    busy = busy.then(() =>
      calibrate(
        shop,
        () => true,
        () => run !== null || asked > 0,
      ),
    ); // a run that comes measures what it needs itself
  };
  /** Units of a person's own boards have a process only while an experiment needs them. */
  const sleepLater = () => {
    if (sleeper) clearTimeout(sleeper);
    sleeper = setTimeout(() => {
      if (run) return;
      for (const { id } of boards.flatMap((board) => (board.custom ? board.units : []))) {
        units.get(id)?.stop();
        loaded.delete(id);
      }
    }, SLEEP_AFTER_MS);
  };
  /** One in quarantine is let out of it by the same wish. */
  const reset = (id: UnitId) => {
    const unit = units.get(id);
    if (unit?.status === 'quarantined') unit.release();
    else unit?.reset();
  };
  const forget = (model: string, of: readonly string[]) => {
    const concerns = (unit: string) => of.includes(unit);
    profiler = createProfiler(profiler.profiles().filter((p) => p.model !== model || !concerns(p.unit)));
    switchCosts = switchCosts.filter(({ unit, from, to }) => !concerns(unit) || (from !== model && to !== model));
    for (const [unit, models] of loaded)
      if (concerns(unit))
        loaded.set(
          unit,
          models.filter((one) => one !== model),
        );
    measureSoon(); // it may be there still, in another file
  };
  const steady = (unit: UnitId) => {
    drift.delete(unit);
    shop.show(unit);
  };
  const measure = (board: string) => {
    session?.stop('another measurement was asked for');
    const next = createMeasureSession(shop, board, steady);
    session = next;
    if (run) next.stop('a run was going');
    busy = busy.then(async () => {
      await next.go();
      if (session === next) session = null;
      for (const { spec } of units.values()) if (spec.modelSlots !== null) loaded.delete(spec.id); // models came and went
      sleepLater();
    });
  };
  /** In line with whatever else runs the units by themselves. */
  const infer = (question: InferQuestion) => {
    const askedMs = liveClock.now();
    asked++;
    busy = busy.then(async () => {
      const result = await desk.serve(question, askedMs);
      asked--;
      say({ type: 'inferred', ask: question.ask, result });
      measureSoon();
      sleepLater();
    });
  };
  const begin = (plan: RunPlan) => {
    session?.stop('a run began');
    for (const unit of plan.units) steady(unit);
    const next = createLiveRun(shop, plan, {
      jobDone,
      jobFailed,
      drifted(unit, factor) {
        drift.set(unit, (drift.get(unit) ?? 1) * factor);
        shop.show(unit);
      },
      ended() {
        for (const id of plan.units) loaded.set(id, [...(next.seat(id)?.resident ?? [])]);
        run = null;
        for (const id of plan.units) shop.show(id);
        measureSoon();
        sleepLater();
      },
    });
    run = next;
    busy = busy.then(() => next.go());
  };
  return {
    command(command) {
      switch (command.type) {
        case 'boards':
          return arrange(command);
        case 'run':
          return begin(command.plan); // one at a time: the conductor waits for run:ended
        case 'stop':
          return void (run?.id === command.run && run.stop());
        case 'measure':
          return measure(command.board);
        case 'measure:stop':
          return session?.stop('it was stopped');
        case 'infer':
          return infer(command.question);
        case 'reset':
          return reset(command.unit);
        case 'forget':
          return forget(command.model, command.units);
        case 'fault':
          if (command.fault.kind === 'clear') run?.note('info', command.unit, FAULTS_CLEARED);
          else run?.note('fault', command.unit, command.fault.kind);
          return units.get(command.unit)?.fault(command.fault);
        case 'release':
          return units.get(command.unit)?.release();
        case 'options':
          return units.get(command.unit)?.setOptions(command.options);
        case 'machine':
          machine = command.machine;
          return run?.seeMachine(machine);
        default:
          return command satisfies never;
      }
    },
    close() {
      clearInterval(shower);
      if (sleeper) clearTimeout(sleeper);
      session?.stop('the server ends');
      run?.abandon();
      for (const unit of units.values()) unit.stop();
    },
  };
}

/** What a person changed of it that its process was told at its start, or that holds for whole runs. */
const isAnother = (a: UnitSpec, b: UnitSpec): boolean => toldOf(a) !== toldOf(b);
const toldOf = ({ name, modelSlots, latencyMs, switchMs }: UnitSpec): string =>
  JSON.stringify([name, modelSlots, latencyMs, switchMs]);

function liveOf(unit: SupervisedUnit, seat: ReturnType<LiveRun['seat']>, known: Known): UnitLive {
  const { jobs, failed, switches, drift } = known;
  return {
    id: unit.spec.id,
    status: statusOf(unit, seat?.model !== undefined),
    pid: unit.pid,
    reason: unit.reason,
    model: seat?.model ?? null,
    resident: seat?.resident ?? known.loaded,
    crashes: unit.crashes,
    faults: unit.faults,
    ...{ jobs, failed, switches },
    drift: isWorthSaying(drift) ? drift : null,
  };
}

function statusOf(unit: SupervisedUnit, running: boolean): UnitStatus {
  if (unit.status === 'ready') return running ? 'running' : 'ready';
  return unit.status === 'waiting' ? 'absent' : unit.status;
}
