import type { Result } from '../brand.ts';
import type { Board } from '../hardware/board.ts';
import type { MachineWatched } from '../hardware/health/watch.ts';
import type { UnitId } from '../hardware/unit.ts';
import type { Engine } from './engine.ts';
import { keepEngine } from './engine-keeper.ts';
import { type ExperimentEstimate, modelsInOrder } from './estimate.ts';
import { openEstimator } from './estimator.ts';
import type { ExperimentSpec } from './experiment.ts';
import type { InferQuestion, Inferred } from './infer.ts';
import { createInferBook } from './infer-book.ts';
import type { KeptExperiment, Ledger } from './ledger.ts';
import { type Change, createUnitBook, type Live } from './live.ts';
import type { KeptProfile, Measurements } from './measure/kept.ts';
import { createMeasureBook, type MeasureBook } from './measure-book.ts';
import type { EngineCommand, EngineEvent, UnitLive, UnitStatus } from './messages.ts';
import { createProfileBook } from './profile-book.ts';
import { createProgress, type Progress, type StopKind } from './progress.ts';
import { check, experimentOf, planOf, recordedFor, type Stock } from './run-plan.ts';

export interface ConductorParts {
  readonly ledger: Ledger;
  readonly startEngine: () => Engine;
  readonly stock: () => Stock;
  readonly profiles: readonly KeptProfile[];
  readonly measurements: Measurements;
  /** The product's own. */
  readonly version: string;
  /** Whether the disk has room for another run. */
  readonly room: () => Promise<Result>;
  /** A sentence for the log. */
  readonly say: (sentence: string) => void;
}
export interface Conductor {
  /** Resolves when the experiment is kept: from then on it will run, or be said to be interrupted. */
  launch(spec: ExperimentSpec, by: string): Promise<Result<number>>;
  estimate(spec: ExperimentSpec): Promise<Result<ExperimentEstimate>>;
  /** At any moment of its life. Resolves when it has stopped, or after two seconds of stopping. */
  stop(experiment: number): Promise<void>;
  /** Straight to the engine. */
  tell(command: Extract<EngineCommand, { type: 'fault' | 'release' | 'reset' | 'options' }>): void;
  /** The machine was looked at. */
  seeMachine(machine: MachineWatched): void;
  /** Measures a board's units while nothing else runs; a run that begins ends it. */
  measure(board: string): Result;
  stopMeasuring(): void;
  measured(): Pick<MeasureBook, 'state' | 'switchCosts' | 'coRuns'>;
  /** Who has the board, as a sentence; null: nobody, so that single inferences can be served. */
  holder(): string | null;
  /** One inference, by the scheduler on the units, while nobody has the board. */
  infer(question: Omit<InferQuestion, 'ask'>): Promise<Result<Inferred>>;
  /** The model is gone, with its file: what these units were measured with it counts for nothing. */
  forget(model: string, units: readonly string[]): void;
  /** Boards, models or options have changed. */
  restock(): void;
  live(): Live;
  unit(id: UnitId): UnitLive;
  /** What it computes with, as its process said last; null: it never ran. */
  unitInfo(id: UnitId): string | null;
  /** Degrees Celsius of its device, as it said last; null: it is away, or has no thermometer. */
  unitWarmth(id: UnitId): number | null;
  boards(): readonly Board[];
  profiles(): KeptProfile[];
  /** Returns what takes the listener away again. */
  on(listener: (change: Change) => void): () => void;
  /** Why nothing can run at the moment; null when it can. */
  trouble(): string | null;
  /** Whether the engine hears what it is told. */
  engineAnswers(withinMs: number): Promise<boolean>;
  /** Running inferences end, what is cut short is said to be interrupted, what waits goes on waiting. */
  close(): Promise<void>;
}

const MOST_QUEUED = 100;
const STOP_WAIT_MS = 2000;
const DRAIN_MS = 9000;

/** One experiment at a time has the board, the others wait in line. */
export async function createConductor(parts: ConductorParts): Promise<Conductor> {
  const { ledger, stock, say } = parts;
  const estimator = openEstimator();
  const listeners = new Set<(change: Change) => void>();
  const units = createUnitBook();
  const infos = new Map<UnitId, string>();
  const warmths = new Map<UnitId, number>();
  const queue = [...(await ledger.queued())];
  let going: Progress | null = null;
  let holder: Pick<KeptExperiment, 'id' | 'name' | 'createdBy'> | null = null;
  let closing = false;
  let machine: MachineWatched | null = null;

  const emit = (change: Change): void => {
    for (const listener of listeners) listener(change);
  };
  const keep = (kept: Promise<void>): Promise<void> =>
    kept.catch((error: Error) => say(`a change could not be kept: ${error.message}`));
  const profiles = createProfileBook(
    parts.profiles,
    (fresh) => keep(ledger.saveProfiles(fresh)),
    (profile) => emit({ type: 'profile', profile }),
  );
  const measures = createMeasureBook({
    known: parts.measurements,
    save: (fresh) => keep(ledger.saveMeasurements(fresh)),
    changed: () => emit({ type: 'measure' }),
  });
  const boardsCommand = (): EngineCommand => {
    const { boards, models, pictures } = stock();
    return {
      type: 'boards',
      boards,
      models: models.map(({ id, files }) => ({
        id,
        files: files.map(({ format, precision, file }) => ({ format, precision, file })),
      })),
      profiles: profiles.list(),
      switchCosts: measures.switchCosts,
      samples: pictures.filter((picture) => picture.sample).map((picture) => picture.file),
      version: parts.version,
    };
  };
  const heard = (event: EngineEvent): void => {
    if (event.type === 'profile') profiles.learn(event.profile);
    else if (event.type === 'unit-info') infos.set(event.unit, event.info);
    else if (event.type === 'unit-warmth') warmths.set(event.unit, event.temperatureC);
    else if (event.type === 'inferred') inferences.hear(event);
    else if (event.type === 'measure' || event.type === 'switch-costs' || event.type === 'co-runs')
      measures.hear(event);
    else if (event.type === 'unit') {
      units.set(event.unit);
      if (GONE.has(event.unit.status)) warmths.delete(event.unit.id);
      emit({ type: 'live' });
    } else going?.hear(event);
  };
  const greet = (send: (command: EngineCommand) => void): void => {
    send(boardsCommand());
    if (machine) send({ type: 'machine', machine });
    queueMicrotask(() => going?.engineBack());
  };
  const died = (reason: string): void => {
    say(`${reason}; another is started`);
    units.forget();
    measures.engineDied();
    inferences.drop('the engine ended before the answer came');
    going?.engineDied(reason);
    emit({ type: 'live' });
  };
  const engine = keepEngine({ start: parts.startEngine, greet, heard, died });
  const inferences = createInferBook((command) => engine.send(command));

  const pump = (): void => {
    const experiment = going || closing ? undefined : queue.shift();
    if (!experiment) return;
    const plan: Parameters<typeof createProgress>[1]['plan'] = (of, run) => planOf(of, run, stock());
    holder = experiment;
    going = createProgress(experiment, { ledger, plan, send: (command) => engine.send(command), emit, keep });
    void going.over.then(() => {
      going = null;
      pump();
    });
    going.begin();
  };
  const stopGoing = async (current: Progress, kind: StopKind, waitMs: number): Promise<void> => {
    current.stop(kind);
    await Promise.race([current.over, new Promise((late) => setTimeout(late, waitMs).unref())]);
  };
  const stopQueued = async (id: number): Promise<void> => {
    const at = queue.findIndex((experiment) => experiment.id === id);
    const [experiment] = at < 0 ? [] : queue.splice(at, 1);
    if (!experiment) return;
    const runs = experiment.runs.map((run) => run.id);
    await ledger.runsDropped(runs, 'stopped', 'The experiment was stopped before this run began.');
    await ledger.experimentEnded(id, 'stopped');
    emit({ type: 'experiment', experiment: id });
  };
  const said = async (spec: ExperimentSpec): Promise<Result<ExperimentEstimate>> => {
    const sound = check(spec, stock());
    if (!sound.ok) return sound;
    const { boards } = stock();
    const stream = recordedFor(spec, stock());
    return estimator.ask({
      ...{ spec, boards, profiles: profiles.list() },
      switchCosts: measures.switchCosts,
      recorded: stream && { file: stream.file, models: modelsInOrder(spec, boards) },
    });
  };
  /** Asked for before the prediction, and again after it: boards, queue and disk may be others by then. */
  const mayQueue = async (spec: ExperimentSpec): Promise<Result> => {
    if (closing) return { ok: false, error: 'the server is being stopped' };
    if (queue.length >= MOST_QUEUED) return { ok: false, error: `${MOST_QUEUED} experiments wait already` };
    const room = await parts.room();
    return room.ok ? check(spec, stock()) : room;
  };

  pump();
  return {
    async launch(spec, by) {
      const may = await mayQueue(spec);
      if (!may.ok) return may;
      const expected = await said(spec);
      if (!expected.ok) return expected;
      const still = await mayQueue(spec);
      if (!still.ok) return still;
      const experiment = await ledger.create(experimentOf(spec, by, stock(), expected.value));
      queue.push(experiment);
      emit({ type: 'experiment', experiment: experiment.id });
      pump();
      return { ok: true, value: experiment.id };
    },
    estimate: said,
    stop: (id) => (going?.experiment === id ? stopGoing(going, 'stopped', STOP_WAIT_MS) : stopQueued(id)),
    tell: (command) => void engine.send(command),
    seeMachine(seen) {
      const before = machine;
      machine = seen;
      engine.send({ type: 'machine', machine });
      if (!before || shownOf(before) !== shownOf(machine)) emit({ type: 'live' });
    },
    measure(board) {
      if (!stock().boards.some(({ id }) => id === board)) return { ok: false, error: `there is no board "${board}"` };
      if (going) return { ok: false, error: 'an experiment is running; measure when it is over' };
      if (measures.state?.status === 'measuring') return { ok: false, error: 'a measurement is going already' };
      if (!engine.send({ type: 'measure', board })) return { ok: false, error: 'the engine is being started again' };
      measures.asked(board);
      return { ok: true, value: undefined };
    },
    holder() {
      if (going && holder)
        return `experiment ${holder.id} (${holder.name}, launched by ${holder.createdBy}) has the board`;
      const { state } = measures;
      if (state?.status !== 'measuring') return null;
      const board = stock().boards.find(({ id }) => id === state.board);
      return `the units of ${board?.name ?? state.board} are being measured`;
    },
    infer: (question) => inferences.ask(question),
    forget(model, units) {
      profiles.forget(model, units);
      measures.forget(model, units);
      engine.send({ type: 'forget', model, units });
    },
    stopMeasuring: () => void engine.send({ type: 'measure:stop' }),
    measured: () => measures,
    restock() {
      engine.send(boardsCommand());
      emit({ type: 'boards' });
    },
    live: () => ({
      units: units.list(stock().boards),
      run: going?.live ?? null,
      experiment: going?.live ? going.experiment : null,
      queuedExperiments: queue.length,
      machine,
    }),
    unit: (id) => units.of(id),
    boards: () => stock().boards,
    profiles: () => profiles.list(),
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    unitInfo: (id) => infos.get(id) ?? null,
    unitWarmth: (id) => warmths.get(id) ?? null,
    engineAnswers: engine.answers,
    trouble: () => (engine.up ? null : 'the engine is being started again'),
    async close() {
      closing = true;
      inferences.drop('the server is being stopped');
      const current = going;
      if (current) await stopGoing(current, 'interrupted', DRAIN_MS);
      await current?.cut();
      await profiles.flush();
      estimator.close();
      await engine.close();
    },
  };
}

/** Of a unit without a process nothing is known that was true a while ago. */
const GONE: ReadonlySet<UnitStatus> = new Set(['asleep', 'absent', 'quarantined']);

/** As finely as it is shown: a tenth of a degree more is no news to anybody. */
function shownOf({ temperatureC, clockMHz, governor, watts, load, memory, throttled, sticks }: MachineWatched): string {
  const used = memory.freeBytes / memory.totalBytes;
  const rounded = [temperatureC ?? 0, (clockMHz ?? 0) / 100, (watts ?? 0) * 10, load * 10, used * 50].map(Math.round);
  return [
    ...rounded,
    governor,
    ...sticks.map(({ name, temperatureC }) => `${name} ${Math.round(temperatureC ?? 0)}`),
    throttled && Math.round(throttled.share * 100),
  ].join();
}
