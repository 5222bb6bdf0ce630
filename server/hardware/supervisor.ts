import type { Result } from '../brand.ts';
import { answer, type Opened } from './answer.ts';
import { createAsks } from './asks.ts';
import type { DriverName, UnitOptions, UnitSpec } from './board.ts';
import { type BreakerLimits, createBreaker } from './breaker.ts';
import { parseFromUnit, type ToUnit, type UnitFault } from './channel.ts';
import { withFault } from './held-faults.ts';
import { monotonicMs } from './monotonic.ts';
import { startProcess, type UnitProcess } from './process.ts';
import type { SwitchCost } from './switch-cost.ts';
import type { Done, Driver, Inference, ModelId } from './unit.ts';

// asleep → starting → ready → (lost) → waiting → starting …   three losses in 60 s → quarantined, until released
// leave → absent, until return; its device is away → absent, until it is there again; a stand-in that is said to be hardware → quarantined

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
  /** What its process says it computes with: library, version, where it lies. */
  readonly info: string | null;
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
  /** Starts its process anew, whatever it does: what it held is lost. One that is asleep or unplugged stays so. */
  reset(): void;
  /** Its board is described anew: its device may have been unplugged, or be there again under another name. */
  follow(spec: UnitSpec): void;
  setOptions(options: UnitOptions): void;
}

export interface SupervisorEvents {
  changed(): void;
  /** Its process says what it computes with. */
  opened?(info: string): void;
  /** How warm its device is now. */
  warmth?(temperatureC: number): void;
  /** What it held is lost; its status says whether it will come back by itself. `byItself`: nobody asked for it, by a fault or otherwise. */
  lost(reason: string, byItself?: boolean): void;
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
  /** When its losses are too many, and how long it pauses after one. */
  readonly breaker?: BreakerLimits;
  readonly events: SupervisorEvents;
}

/** Arm NN's large blocks stay with the process after a network is unloaded unless each is mapped by itself: 532 MB of ResNet101. */
const ENVIRONMENT: Partial<Record<DriverName, Record<string, string>>> = {
  armnn: { MALLOC_MMAP_THRESHOLD_: '262144' },
};
const START_DEADLINE_MS = 20_000;
/** Decoding pictures, loading and warming three networks on a slow core. */
const PREPARE_DEADLINE_MS = 120_000;
const WATCH_EVERY_MS = 250;
/** The clocks of two processes, one clock, are read so exactly. */
const CLOCK_SLACK_MS = 5;

/** A job is loaded for and runs between being handed over and being answered. */
function isPossible(result: Result<Inference>, handedMs: number): boolean {
  if (!result.ok) return true;
  const { startMs, endMs, loadMs } = result.value;
  return startMs - loadMs >= handedMs - CLOCK_SLACK_MS && endMs <= monotonicMs() + CLOCK_SLACK_MS;
}

export function superviseUnit(parts: SupervisorParts): SupervisedUnit {
  const { spec, events } = parts;
  const breaker = createBreaker(parts.breaker);
  const asks = createAsks();
  let options = spec.options;
  let { attached, away } = spec;
  let status: SupervisedStatus = 'asleep';
  let reason: string | null = null;
  let info: string | null = null;
  let crashes = 0;
  let faults: readonly UnitFault[] = [];
  let child: UnitProcess | null = null;
  let prepared: Preparation | null = null;
  let timer: NodeJS.Timeout | null = null;
  let watcher: NodeJS.Timeout | null = null;
  /** The last process, while it gives back what it held: two would want one device. */
  let leaving: Promise<void> | null = null;

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
    if (leaving) return void leaving.then(() => status === 'starting' && start());
    const born = startProcess(
      { file: parts.program, attached, environment: ENVIRONMENT[spec.driver], cores: options.cores },
      {
        said: (message) => born === child && heard(message),
        ended: (why) => born === child && ended(why),
      },
    );
    child = born;
    asks.put('opened', START_DEADLINE_MS, (result) => {
      if (!result.ok) return fail(result.error);
      if ((result.value as Opened).simulated && spec.source !== 'simulated')
        return refuse(`what it computes with is a stand-in, not the vendor’s library (${info})`);
      opened();
    });
    open();
  };
  /** What it says of itself is not what its board says of it: starting it again would not change that. */
  const refuse = (why: string) => {
    quiet('leave');
    become('quarantined', why);
    events.lost(why);
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
    if (message.type === 'opened') {
      info = message.info;
      events.opened?.(info);
    }
    if (message.type === 'warmth') events.warmth?.(message.temperatureC);
    answer(asks, message);
  };
  /** Puts an end to a process that cannot be trusted any more; its exit does the rest. */
  const fail = (why: string) => {
    child?.kill();
    ended(why);
  };
  const ended = (why: string) => {
    const byItself = faults.length === 0;
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
    events.lost(why, byItself);
  };
  const quiet = (how: 'leave' | 'kill') => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (watcher) clearInterval(watcher);
    watcher = null;
    const going = child;
    child = null;
    faults = [];
    asks.drop('it was stopped');
    if (how === 'kill') going?.kill();
    else if (going) letGo(going);
  };
  const letGo = (going: UnitProcess) => {
    const gone = going.leave().then(() => {
      if (leaving === gone) leaving = null;
    });
    leaving = gone;
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
  const startAnew = (why: string) => {
    if (status === 'asleep' || status === 'absent') return;
    const held = status === 'ready';
    breaker.reset(); // a person has seen to it: what crashed it may be gone
    quiet('leave');
    start();
    if (held) events.lost(why);
  };
  /** Whatever it did: what cannot be reached is not started again, nor counted as failing. */
  const absent = (why: string) => {
    quiet('kill');
    breaker.reset();
    become('absent', why);
    events.lost(why);
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
    get info() {
      return info;
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
        const atMs = monotonicMs();
        asks.put(`job/${ref}`, parts.deadlineMs(job.model), (result) => {
          if (isPossible(result as Result<Inference>, atMs)) (done as Done<unknown>)(result);
          else fail('its process said of a job that it ran at a time that cannot be');
        });
        send({ type: 'infer', ref, model: job.model, input: job.input, load: job.load, atMs });
      },
    },
    start() {
      if (status !== 'asleep') return;
      if (away === undefined) start();
      else become('absent', away);
    },
    refresh() {
      if (status === 'ready') open();
    },
    stop() {
      quiet('leave');
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
        absent('it was unplugged');
        faults = [fault];
        events.changed();
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
    follow(next) {
      attached = next.attached;
      if (next.away === away) return;
      away = next.away;
      if (status === 'asleep') return;
      if (away !== undefined) absent(away);
      else if (status === 'absent') start();
    },
    reset: () => startAnew('it was reset'),
    setOptions(next) {
      options = next;
      startAnew('its options were changed');
    },
  };
}
