import type { Result } from '../brand.ts';
import type { Status } from './experiment.ts';
import type { KeptExperiment, Ledger, RunEnd } from './ledger.ts';
import type { Change } from './live.ts';
import type { EngineCommand, EngineEvent, RunLive, RunPlan } from './messages.ts';

export type RunEvent = Exclude<
  EngineEvent,
  { type: 'unit' | 'profile' | 'measure' | 'switch-costs' | 'co-runs' | 'unit-info' | 'unit-warmth' | 'inferred' }
>;
type KeptRun = KeptExperiment['runs'][number];
/** Why an experiment is being ended before its time. */
export type StopKind = 'stopped' | 'interrupted';

/** One experiment on the board: its runs one after the other, each begun only when the last is kept. */
export interface Progress {
  readonly experiment: number;
  readonly live: RunLive | null;
  begin(): void;
  hear(event: RunEvent): void;
  engineDied(reason: string): void;
  engineBack(): void;
  /** At any moment; what has not begun never will. */
  stop(kind: StopKind): void;
  /** The engine did not end the run in time: it is ended with what was kept. */
  cut(): Promise<void>;
  /** Resolves when the last of it is kept. */
  readonly over: Promise<void>;
}

export interface ProgressParts {
  readonly ledger: Ledger;
  readonly plan: (experiment: KeptExperiment, run: KeptRun) => Result<RunPlan>;
  /** False when there is no engine at the moment. */
  readonly send: (command: EngineCommand) => boolean;
  readonly emit: (change: Change) => void;
  /** Waits until it is kept; a failure is said, and does not stop the experiment. */
  readonly keep: (kept: Promise<void>) => Promise<void>;
}

const CUT = 'The server was stopped while this run was going; what it had is kept.';
const NEVER_BEGAN = {
  stopped: 'The experiment was stopped before this run began.',
  interrupted: 'The server was stopped before this run began.',
};

export function createProgress(experiment: KeptExperiment, parts: ProgressParts): Progress {
  const { ledger, emit, keep } = parts;
  const pending = [...experiment.runs];
  const statuses: Status[] = [];
  const over = promise();
  let plan: RunPlan | null = null;
  let live: RunLive | null = null;
  let stopped: StopKind | null = null;
  let waiting = false;

  const step = async (): Promise<void> => {
    const run = stopped ? undefined : pending[0];
    if (!run) return finish();
    const next = parts.plan(experiment, run);
    if (next.ok && !parts.send({ type: 'run', plan: next.value })) {
      waiting = true;
      return;
    }
    pending.shift();
    if (next.ok) plan = next.value;
    else await end(run.id, { ...NOTHING, status: 'failed', reason: sentence(next.error) });
  };
  const end = async (run: number, how: RunEnd): Promise<void> => {
    plan = null;
    live = null;
    let { status } = how;
    const kept = ledger.runEnded(run, how).then((as) => {
      status = as;
    });
    await keep(kept);
    statuses.push(status);
    emit({ type: 'run', run });
    emit({ type: 'live' });
    await step();
  };
  const finish = async (): Promise<void> => {
    const left = pending.splice(0).map((run) => run.id);
    const kind = stopped ?? 'stopped';
    if (left.length > 0) await keep(ledger.runsDropped(left, kind, NEVER_BEGAN[kind]));
    await keep(ledger.experimentEnded(experiment.id, stopped ?? verdict(statuses)));
    over.resolve();
    emit({ type: 'experiment', experiment: experiment.id });
  };
  const cut = async (status: 'failed' | 'interrupted', reason: string): Promise<void> => {
    if (!plan) return;
    const cutPlan = plan;
    const failed = live?.failed ?? 0;
    plan = null; // whatever still comes of it is late
    const figures = await ledger.figuresSoFar(cutPlan.run, cutPlan).catch(() => null); // no figure is better than a wrong one
    await end(cutPlan.run, { status, reason, figures, failed, quality: null });
  };
  const ended = ({ status, reason, ...measured }: Extract<RunEvent, { type: 'run:ended' }>): void => {
    const { run, figures, failed, quality } = measured;
    const cutShort = stopped === 'interrupted' && status === 'stopped';
    const how = cutShort ? ({ status: 'interrupted', reason: CUT } as const) : { status, reason };
    void end(run, { ...how, figures, failed, quality });
  };

  return {
    experiment: experiment.id,
    get live() {
      return live;
    },
    begin() {
      const kept = keep(ledger.experimentStarted(experiment.id));
      void kept.then(() => emit({ type: 'experiment', experiment: experiment.id }));
      void step();
    },
    hear(event) {
      const run = event.type === 'run:live' ? event.live.run : event.run;
      if (!plan || plan.run !== run) return; // of a run that was cut short
      if (event.type === 'run:ended') ended(event);
      else if (event.type === 'run:started') {
        void keep(ledger.runStarted(run, plan)).then(() => emit({ type: 'run', run }));
      } else if (event.type === 'run:live') {
        live = event.live;
        emit({ type: 'live' });
      } else record(event, plan, parts);
    },
    engineDied(reason) {
      if (plan) void cut('failed', `The engine ended unexpectedly: ${sentence(reason)}`);
    },
    engineBack() {
      if (!waiting) return;
      waiting = false;
      void step();
    },
    stop(kind) {
      if (stopped) return;
      stopped = kind;
      if (plan) parts.send({ type: 'stop', run: plan.run });
      else if (waiting) void finish();
    },
    cut: () => cut('interrupted', CUT),
    over: over.promise,
  };
}

function record(
  event: Extract<RunEvent, { type: 'run:rows' | 'run:note' | 'run:race' | 'run:answer' }>,
  plan: RunPlan,
  parts: ProgressParts,
): void {
  const { ledger, emit, keep } = parts;
  const { run } = event;
  if (event.type === 'run:rows') {
    ledger.rows(run, event.data);
    emit({ type: 'rows', run, firstSeq: event.firstSeq, rows: event.rows, data: event.data, plan });
  } else if (event.type === 'run:note') {
    const { atMs, kind, unit, text } = event;
    const note = { atMs, kind, unit, text };
    void keep(ledger.note(run, note)).then(() => emit({ type: 'note', run, note }));
  } else if (event.type === 'run:race') {
    const { round } = event;
    void keep(ledger.round(run, round)).then(() => emit({ type: 'race', run, round }));
  } else void keep(ledger.answer(run, event.answer));
}

const NOTHING = { figures: null, failed: 0, quality: null } as const;

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

/** Failed only when no run came to its end: one policy that cannot serve the board does not spoil the others. */
const verdict = (statuses: readonly Status[]): Status => (statuses.includes('done') ? 'done' : 'failed');

function promise(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const made = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise: made, resolve: () => resolve() };
}
