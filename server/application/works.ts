import type { Board, UnitSpec } from '../hardware/board.ts';
import { builtProgram } from '../hardware/program.ts';
import { type SupervisedUnit, superviseUnit } from '../hardware/supervisor.ts';
import type { UnitId } from '../hardware/unit.ts';
import { createProfiler, type KnownProfile, type Profiler } from '../scheduling/profiler.ts';
import { calibrate } from './calibrate.ts';
import { createLiveRun, type LiveRun } from './live-run.ts';
import { type KeptSwitchCost, type Measured, renewed, switchKey, wholeProfile } from './measure/kept.ts';
import { createMeasureSession, type MeasureSession } from './measure/session.ts';
import {
  type EngineCommand,
  type EngineEvent,
  FAULTS_CLEARED,
  type ModelFile,
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
  readonly models: () => readonly ModelFile[];
  readonly samples: () => readonly string[];
  readonly profiler: Profiler;
  /** What was measured of changing models; see measure/switching.ts. */
  readonly switchCosts: () => readonly KeptSwitchCost[];
  /** The product's own version. */
  readonly version: () => string;
  /** To be kept, and told. */
  readonly learned: (profile: KnownProfile, measured: Measured) => void;
  /** Tells the panel of the unit, at most every so often. */
  readonly show: (unit: UnitId) => void;
}

const SHOW_EVERY_MS = 50;
const SLEEP_AFTER_MS = 30_000;

export function createWorks(say: (event: EngineEvent) => void): Works {
  const units = new Map<UnitId, SupervisedUnit>();
  const jobs = new Map<UnitId, number>();
  const dirty = new Set<UnitId>();
  let boards: readonly Board[] = [];
  let models: readonly ModelFile[] = [];
  let samples: readonly string[] = [];
  let profiler = createProfiler([]);
  let switchCosts: readonly KeptSwitchCost[] = [];
  let version = '';
  let run: LiveRun | null = null;
  let session: MeasureSession | null = null;
  /** Factors of the lasting changes noticed since each unit's last run began. */
  const drift = new Map<UnitId, number>();
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
    learned: (profile, measured) => say({ type: 'profile', profile: { ...wholeProfile(profile), ...measured } }),
    show: (unit) => void dirty.add(unit),
  };
  const shower = setInterval(() => {
    for (const id of dirty) {
      const unit = units.get(id);
      if (unit) say({ type: 'unit', unit: liveOf(unit, run, jobs.get(id) ?? 0, drift.get(id) ?? 1) });
    }
    dirty.clear();
  }, SHOW_EVERY_MS);
  const supervise = (spec: UnitSpec): SupervisedUnit =>
    superviseUnit({
      spec,
      program: builtProgram(`unit-${spec.driver}`),
      models: () => models,
      deadlineMs: (model) => Math.max(2000, 10 * (profiler.profile(model, spec.id)?.p95Ms ?? 1000)),
      events: {
        changed() {
          shop.show(spec.id);
          if (units.get(spec.id)?.status === 'ready') measureSoon();
          if (units.get(spec.id)?.status === 'quarantined') run?.settle();
        },
        lost: (reason) => run?.lost(spec.id, reason),
        returned: () => run?.returned(spec.id),
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
        () => run !== null,
      ),
    ); // a run that comes measures what it needs itself
  };
  /** Units of a person's own boards have a process only while an experiment needs them. */
  const sleepLater = () => {
    if (sleeper) clearTimeout(sleeper);
    sleeper = setTimeout(() => {
      if (run) return;
      for (const board of boards) if (board.custom) for (const spec of board.units) units.get(spec.id)?.stop();
    }, SLEEP_AFTER_MS);
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
      sleepLater();
    });
  };
  const begin = (plan: RunPlan) => {
    session?.stop('a run began');
    for (const unit of plan.units) steady(unit);
    const next = createLiveRun(shop, plan, {
      jobDone: (unit) => jobs.set(unit, (jobs.get(unit) ?? 0) + 1),
      drifted(unit, factor) {
        drift.set(unit, (drift.get(unit) ?? 1) * factor);
        shop.show(unit);
      },
      ended() {
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
        case 'fault':
          if (command.fault.kind === 'clear') run?.note('info', command.unit, FAULTS_CLEARED);
          else run?.note('fault', command.unit, command.fault.kind);
          return units.get(command.unit)?.fault(command.fault);
        case 'release':
          return units.get(command.unit)?.release();
        case 'options':
          return units.get(command.unit)?.setOptions(command.options);
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

function liveOf(unit: SupervisedUnit, run: LiveRun | null, jobs: number, drift: number): UnitLive {
  const seat = run?.seat(unit.spec.id);
  return {
    id: unit.spec.id,
    status: statusOf(unit, seat?.model !== undefined),
    pid: unit.pid,
    reason: unit.reason,
    model: seat?.model ?? null,
    resident: seat?.resident ?? [],
    crashes: unit.crashes,
    faults: unit.faults,
    jobs,
    drift: isWorthSaying(drift) ? drift : null,
  };
}

function statusOf(unit: SupervisedUnit, running: boolean): UnitStatus {
  if (unit.status === 'ready') return running ? 'running' : 'ready';
  return unit.status === 'waiting' ? 'absent' : unit.status;
}
