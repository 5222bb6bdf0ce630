import type { FromUnit, ToUnit } from '../channel.ts';
import { monotonicMs } from '../monotonic.ts';
import { type SwitchCost, switchCostMs } from '../switch-cost.ts';
import { at } from './deadline.ts';
import { createServiceTime, type ServiceTime } from './service-time.ts';

// A simulated unit is a process like any other: it is handed jobs, takes its table's time for each from the moment it was
// handed over (a table's times are measured by the host, the way to the accelerator included), and can be made to
// crash, hang, dawdle or talk rubbish, so that everything above it can be tested without breaking hardware.

type Open = Extract<ToUnit, { type: 'open' }>;
type Infer = Extract<ToUnit, { type: 'infer' }>;

let opened: Open | null = null;
let service: ServiceTime | null = null;
let switchCost: SwitchCost = 0;
/** When the last job ended. */
let endedMs = 0;
/** What was handed over, the running one first. */
let line: Infer[] = [];
let slowBy = 1;
let hanging = false;
let babbling = false;

const say = (message: FromUnit) => void process.send?.(message);

function heard(message: ToUnit): void {
  switch (message.type) {
    case 'open':
      opened = message;
      return say({ type: 'opened', pid: process.pid, info: 'simulated from a latency table', simulated: true });
    case 'run':
      service = createServiceTime(opened?.unit ?? '', opened?.table ?? {}, message.seed, message.noiseCv);
      switchCost = message.switchMs;
      endedMs = 0;
      line = [];
      return say({ type: 'prepared', run: message.run });
    case 'load':
      return say({ type: 'loaded', ref: message.ref, ms: 0 });
    case 'unload':
      return;
    case 'infer':
      return infer(message);
    case 'fault':
      return break_(message.fault);
    case 'close':
      process.exit(0);
      break;
    default:
      return message satisfies never;
  }
}

function infer(job: Infer): void {
  line.push(job);
  if (line.length === 1) begin(job);
}

function begin(job: Infer): void {
  if (hanging) return;
  const serviceMs = timeFor(job);
  if (typeof serviceMs === 'string') return end(job, { type: 'failed', ref: job.ref, error: serviceMs });
  const evict = job.load?.evict ?? null;
  const loadMs = evict === null ? 0 : switchCostMs(switchCost, evict, job.model);
  const startMs = Math.max(job.atMs, endedMs) + loadMs;
  at(startMs + serviceMs, () => {
    if (hanging || line[0] !== job) return;
    endedMs = monotonicMs();
    if (babbling) {
      babbling = false;
      return void process.send?.({ type: 'done', ref: 'nonsense', startMs: null });
    }
    end(job, { type: 'done', ref: job.ref, startMs, endMs: endedMs, loadMs });
  });
}

function end(job: Infer, answer: FromUnit): void {
  say(answer);
  if (line[0] === job) line.shift();
  const next = line[0];
  if (next) begin(next);
}

function timeFor(job: Infer): number | string {
  try {
    return service ? service.next(job.model) * slowBy : 'no run was prepared';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function break_(fault: Extract<ToUnit, { type: 'fault' }>['fault']): void {
  switch (fault.kind) {
    case 'crash':
      process.kill(process.pid, 'SIGSEGV');
      return;
    case 'hang':
      hanging = true;
      return;
    case 'slow':
      slowBy = fault.factor;
      return;
    case 'garbage':
      babbling = true;
      return;
    case 'clear':
      slowBy = 1;
      hanging = false;
      babbling = false;
      return;
    case 'leave':
    case 'return':
      return; // the supervisor's to do: a unit that left hears nothing
    default:
      return fault satisfies never;
  }
}

process.on('message', heard);
process.on('disconnect', () => process.exit(0));
