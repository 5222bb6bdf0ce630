import { monotonicMs } from '../hardware/monotonic.ts';
import type { SupervisedUnit } from '../hardware/supervisor.ts';
import type { JobId, ModelId, UnitId } from '../hardware/unit.ts';
import type { RunPlan } from './messages.ts';

// What a run does before its clock starts, so that every run meets the board in the same state: first it cools, then it works.

/** What it is at, for whoever waits. */
export type Settling =
  | { readonly kind: 'cooling'; readonly nowC: number; readonly toC: number }
  | { readonly kind: 'warming'; readonly s: number; readonly ofS: number };

/** A board in the sun never gets there. */
const LONGEST_COOLING_MS = 10 * 60_000;
const LOOK_EVERY_MS = 500;

type Asked = Pick<RunPlan, 'warmUpS' | 'coolToC' | 'pictures'>;

export const settles = ({ warmUpS = 0, coolToC = null }: Asked): boolean => warmUpS > 0 || coolToC !== null;

/**
 * Cools, then works, as the run asks. `models`: those that each unit can run. A unit that has nothing loaded gets one of them, which
 * stays: `resident` says so afterwards. Answers a sentence where it did not come about.
 */
export async function settleBoard(
  { warmUpS = 0, coolToC = null, pictures }: Asked,
  parts: Waiting & {
    readonly units: readonly { readonly unit: SupervisedUnit; readonly models: readonly ModelId[] }[];
    readonly resident: Map<UnitId, readonly ModelId[]>;
    /** Of the hottest place; null: nothing says. */
    readonly temperatureC: () => number | null;
  },
): Promise<string | null> {
  const wrong = coolToC === null ? null : await coolDown(coolToC, parts.temperatureC, parts);
  if (warmUpS === 0) return wrong;
  for (const { unit, models } of parts.units)
    if (parts.resident.get(unit.spec.id)?.length === 0) parts.resident.set(unit.spec.id, models.slice(0, 1));
  const units = parts.units.map(({ unit }) => ({ unit, models: parts.resident.get(unit.spec.id) ?? [] }));
  await workWarm(units, { ...parts, seconds: warmUpS, inputs: pictures.length });
  return wrong;
}

interface Waiting {
  readonly cancelled: () => boolean;
  readonly say: (settling: Settling) => void;
}

/** Waits until the hottest thermometer is at `toC` or below. Answers a sentence where that did not come about. */
export async function coolDown(
  toC: number,
  temperatureC: () => number | null,
  { cancelled, say }: Waiting,
  now: () => number = monotonicMs,
  pause: (ms: number) => Promise<void> = wait,
): Promise<string | null> {
  const untilMs = now() + LONGEST_COOLING_MS;
  for (;;) {
    const nowC = temperatureC();
    if (nowC === null) return 'this machine has no thermometer: it was not cooled before the run';
    if (nowC <= toC || cancelled()) return null;
    if (now() > untilMs) return `it was still at ${nowC} °C after ten minutes, above the ${toC} °C that were asked for`;
    say({ kind: 'cooling', nowC, toC });
    await pause(LOOK_EVERY_MS);
  }
}

/**
 * Every unit works, on each of its models in turn, for so many seconds; nothing of it is measured. `models`: those that it may be handed
 * without another having to leave. Answers when all have ended. What fails here fails in the run as well, and is told there.
 */
export async function workWarm(
  units: readonly { readonly unit: SupervisedUnit; readonly models: readonly ModelId[] }[],
  parts: Waiting & { readonly seconds: number; readonly inputs: number },
): Promise<void> {
  const { seconds, inputs, cancelled, say } = parts;
  const fromMs = monotonicMs();
  const passed = () => (monotonicMs() - fromMs) / 1000;
  const work = async ({ unit, models }: (typeof units)[number]) => {
    for (let job = 0; models.length > 0 && passed() < seconds && !cancelled() && unit.status === 'ready'; job++)
      await infer(unit, models[job % models.length]!, inputs > 0 ? job % inputs : 0, job < models.length); // inside
  };
  const tell = () => say({ kind: 'warming', s: Math.min(seconds, passed()), ofS: seconds });
  tell();
  const teller = setInterval(tell, LOOK_EVERY_MS);
  await Promise.all(units.map(work));
  clearInterval(teller);
}

/** Resolves also when it is lost with its unit: the process is gone, and its questions with it. */
function infer(unit: SupervisedUnit, model: ModelId, input: number, first: boolean): Promise<void> {
  return new Promise((over) => {
    const lost = setInterval(() => unit.status !== 'ready' && done(), LOOK_EVERY_MS);
    const done = () => {
      clearInterval(lost);
      over();
    };
    unit.driver.infer({ job: 0 as JobId, model, input, load: first ? { evict: null } : null }, done);
  });
}

const wait = (ms: number) => new Promise<void>((later) => setTimeout(later, ms));
