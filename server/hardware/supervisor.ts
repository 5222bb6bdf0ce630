import type { Result } from '../brand.ts';
import { type Asks, createAsks } from './asks.ts';
import type { UnitOptions, UnitSpec } from './board.ts';
import { createBreaker } from './breaker.ts';
import { type FromUnit, parseFromUnit, type ToUnit, type UnitFault } from './channel.ts';
import { monotonicMs } from './monotonic.ts';
import { startProcess, type UnitProcess } from './process.ts';
import type { SwitchCost } from './switch-cost.ts';
import type { Done, Driver, Inference, ModelId } from './unit.ts';

// asleep → starting → ready → (lost) → waiting → starting …   three losses in 60 s → quarantined, until released
// leave → absent, until return

export type SupervisedStatus = 'asleep' | 'starting' | 'ready' | 'waiting' | 'absent' | 'quarantined';

/** A run as a unit must prepare it. */
export interface Preparation {
  readonly run: number;
  readonly seed: number;
  readonly noiseCv: number;
  readonly switchMs: SwitchCost;
  readonly pictures: readonly string[];
  /** Loaded before the first job. */
  readonly preload: readonly ModelId[];
}

/** One unit with a process behind it, kept alive. */
export interface SupervisedUnit {
  readonly spec: UnitSpec;
  readonly status: SupervisedStatus;
  readonly pid: number | null;
  readonly reason: string | null;
  readonly crashes: number;
  /** Those that were set on it and still hold. */
  readonly faults: readonly UnitFault[];
  /** As they are now. */
  readonly options: UnitOptions;
  readonly driver: Driver;
  start(): void;
  /** Tells a running process which models there are now; it keeps what it has loaded. */
  refresh(): void;
  /** Ends the process and stays asleep. */
  stop(): void;
  prepare(preparation: Preparation, done: Done<void>): void;
  /** The run is over: nothing is prepared again after a restart. */
  forget(): void;
  fault(fault: UnitFault): void;
  release(): void;
  setOptions(options: UnitOptions): void;
}

export interface SupervisorEvents {
  changed(): void;
  /** What it held is lost; its status says whether it will come back by itself. */
  lost(reason: string): void;
  /** Back, prepared again for the run that was prepared last. */
  returned(): void;
}

export interface SupervisorParts {
  readonly spec: UnitSpec;
  /** The built program of the unit's driver. */
  readonly program: string;
  /** Model files by id; read at each start. */
  readonly models: () => readonly { readonly id: string; readonly file: string | null }[];
  /** A job that takes longer than this is hung. */
  readonly deadlineMs: (model: ModelId) => number;
  readonly events: SupervisorEvents;
}

const START_DEADLINE_MS = 20_000;
/** Decoding pictures, loading and warming three networks on a slow core. */
const PREPARE_DEADLINE_MS = 120_000;
const WATCH_EVERY_MS = 250;

export function superviseUnit(parts: SupervisorParts): SupervisedUnit {
  const { spec, events } = parts;
  const breaker = createBreaker();
  const asks = createAsks();
  let options = spec.options;
  let status: SupervisedStatus = 'asleep';
  let reason: string | null = null;
  let crashes = 0;
  let faults: readonly UnitFault[] = [];
  let child: UnitProcess | null = null;
  let prepared: Preparation | null = null;
  let timer: NodeJS.Timeout | null = null;
  let watcher: NodeJS.Timeout | null = null;

  const become = (next: SupervisedStatus, why: string | null = null) => {
    status = next;
    reason = why;
    events.changed();
  };
  const send = (message: ToUnit) => child?.send(message);
  const open = () =>
    send({
      type: 'open',
      unit: spec.id,
      options: { threads: options.threads, cores: options.cores ? [...options.cores] : null },
      table: spec.latencyMs ? { ...spec.latencyMs } : null,
      models: [...parts.models()],
    });
  const start = () => {
    if (child) return;
    watch();
    become('starting');
    const born = startProcess(parts.program, options.cores, {
      said: (message) => born === child && heard(message),
      ended: (why) => born === child && ended(why),
    });
    child = born;
    asks.put('opened', START_DEADLINE_MS, (result) => (result.ok ? opened() : fail(result.error)));
    open();
  };
  const opened = () => {
    if (!prepared) return become('ready');
    const again = prepared;
    prepareNow(again, (result) => {
      if (!result.ok) return fail(result.error);
      become('ready');
      if (prepared === again) events.returned();
    });
  };
  const heard = (raw: unknown) => {
    const message = parseFromUnit(raw);
    if (!message) return fail('its process said something that is not in the protocol');
    answer(asks, message);
  };
  /** Puts an end to a process that cannot be trusted any more; its exit does the rest. */
  const fail = (why: string) => {
    child?.kill();
    ended(why);
  };
  const ended = (why: string) => {
    child = null;
    faults = [];
    asks.drop(why);
    crashes++;
    const waitMs = breaker.crashed(monotonicMs());
    if (waitMs === null) become('quarantined', why);
    else {
      become('waiting', why);
      timer = setTimeout(start, waitMs);
    }
    events.lost(why);
  };
  const quiet = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (watcher) clearInterval(watcher);
    watcher = null;
    const going = child;
    child = null;
    faults = [];
    asks.drop('it was stopped');
    going?.kill();
  };
  const prepareNow = (p: Preparation, done: Done<void>) => {
    asks.put(`prepared/${p.run}`, PREPARE_DEADLINE_MS, (result) => {
      if (!result.ok) return done(result);
      preload([...p.preload], done);
    });
    send({
      type: 'run',
      run: p.run,
      seed: p.seed,
      noiseCv: p.noiseCv,
      switchMs: p.switchMs,
      pictures: [...p.pictures],
    });
  };
  const preload = (models: ModelId[], done: Done<void>) => {
    const model = models.shift();
    if (model === undefined) return done({ ok: true, value: undefined });
    const ref = asks.next();
    asks.put(`loaded/${ref}`, PREPARE_DEADLINE_MS, (result) => (result.ok ? preload(models, done) : done(result)));
    send({ type: 'load', ref, model });
  };
  const watch = () => {
    watcher ??= setInterval(() => {
      const late = asks.overdue(monotonicMs());
      if (late && child) fail(`${late} was not answered in time`);
    }, WATCH_EVERY_MS).unref();
  };
  return {
    spec,
    get status() {
      return status;
    },
    get pid() {
      return child?.pid ?? null;
    },
    get reason() {
      return reason;
    },
    get crashes() {
      return crashes;
    },
    get faults() {
      return faults;
    },
    get options() {
      return options;
    },
    driver: {
      infer(job, done) {
        const ref = asks.next();
        asks.put(`job/${ref}`, parts.deadlineMs(job.model), done as Done<unknown>);
        send({ type: 'infer', ref, model: job.model, input: job.input, load: job.load, atMs: monotonicMs() });
      },
    },
    start() {
      if (status === 'asleep') start();
    },
    refresh() {
      if (status === 'ready') open();
    },
    stop() {
      quiet();
      become('asleep');
    },
    prepare(p, done) {
      prepared = p;
      if (status !== 'ready')
        return done({ ok: false, error: `${spec.name} is ${status}${reason ? `: ${reason}` : ''}` });
      prepareNow(p, done);
    },
    forget() {
      prepared = null;
    },
    fault(fault) {
      if (fault.kind === 'leave') {
        quiet();
        faults = [fault];
        become('absent', 'it was unplugged');
        events.lost('it was unplugged');
      } else if (status === 'absent') {
        if (fault.kind !== 'return' && fault.kind !== 'clear') return;
        faults = [];
        start();
      } else if (child) {
        send({ type: 'fault', fault });
        faults = withFault(faults, fault);
        events.changed();
      }
    },
    release() {
      if (status !== 'quarantined') return;
      breaker.reset();
      start();
    },
    setOptions(next) {
      options = next;
      if (status === 'asleep' || status === 'absent') return;
      const held = status === 'ready';
      breaker.reset(); // a person has seen to it: what crashed it may have been the old ones
      quiet();
      start();
      if (held) events.lost('its options were changed');
    },
  };
}

/** What holds once this is set as well. */
function withFault(faults: readonly UnitFault[], fault: UnitFault): readonly UnitFault[] {
  const others = faults.filter(({ kind }) => kind !== fault.kind);
  switch (fault.kind) {
    case 'clear':
      return [];
    case 'slow':
      return fault.factor === 1 ? others : [...others, fault];
    case 'hang':
    case 'garbage':
    case 'leave':
      return [...others, fault];
    case 'crash':
    case 'return':
      return faults;
    default:
      return fault satisfies never;
  }
}

/** Settles what the message answers; an answer that nobody waits for (late, doubled) counts for nothing. */
function answer(asks: Asks, message: FromUnit): void {
  switch (message.type) {
    case 'opened':
      return asks.settle('opened', unless(undefined));
    case 'prepared':
      return asks.settle(`prepared/${message.run}`, unless(message.error));
    case 'loaded':
      return asks.settle(`loaded/${message.ref}`, unless(message.error));
    case 'done':
      return asks.settle(`job/${message.ref}`, { ok: true, value: inference(message) });
    case 'failed':
      return asks.settle(`job/${message.ref}`, { ok: false, error: message.error });
    default:
      return message satisfies never;
  }
}

const unless = (error: string | undefined): Result =>
  error === undefined ? { ok: true, value: undefined } : { ok: false, error };

function inference({ startMs, endMs, loadMs, top }: Extract<FromUnit, { type: 'done' }>): Inference {
  const plain = { startMs, endMs, serviceMs: endMs - startMs, loadMs };
  return top ? { ...plain, top } : plain;
}
