import type { Throttling } from '../hardware/health/throttling.ts';
import type { MachineWatched } from '../hardware/health/watch.ts';
import type { MachineNow } from '../hardware/machine-now.ts';
import type { NoteKind } from './messages.ts';

/** What the machine was like at one moment of a run. */
export interface MachineMoment {
  readonly temperatureC: number | null;
  readonly governor: string | null;
  /** Of each cluster, in the kernel's order. */
  readonly clocksMHz: readonly number[];
}
export interface StickConditions {
  readonly name: string;
  readonly speedMbps: number | null;
  /** null: it has no thermometer. */
  readonly hottestC: number | null;
}

/** What the machine was like while a run went on. */
export interface RunConditions {
  readonly start: MachineMoment;
  readonly end: MachineMoment;
  readonly hottestC: number | null;
  /** What was plugged in at the start. */
  readonly sticks: readonly StickConditions[];
  /** In all; null: no sensor would tell. */
  readonly throttledMs: number | null;
}

/** Notes what changes about the machine during a run, and remembers what it came to. Times since the run's start. */
export interface ConditionsBook {
  see(machine: MachineWatched, atMs: number): void;
  /** null: the machine was never looked at. */
  close(atMs: number): RunConditions | null;
}

/** A clock that falls or rises by less is not said again. */
const STEP = 0.05;

/** `originMs`: the run's start on CLOCK_MONOTONIC, as the machine's own times are. */
export function openConditions(
  originMs: number,
  note: (kind: NoteKind, text: string, atMs: number) => void,
): ConditionsBook {
  let first: MachineWatched | null = null;
  let last: MachineWatched | null = null;
  let hottestC: number | null = null;
  const hottestSticks = new Map<string, number | null>();
  let throttledMs = 0;
  /** The stretch that goes on, and the share that was said last. */
  let open: { readonly fromMs: number; share: number } | null = null;

  const followThrottling = ({ throttled, throttledSinceMs }: MachineWatched, atMs: number) => {
    const changedMs = Math.max(0, throttledSinceMs - originMs);
    if (throttled && !open) {
      open = { fromMs: changedMs, share: throttled.share };
      note('throttled', throttledText(throttled), changedMs);
    } else if (throttled && open && Math.abs(throttled.share - open.share) >= STEP) {
      open.share = throttled.share;
      note('throttled', throttledText(throttled), atMs);
    } else if (!throttled && open) {
      throttledMs += changedMs - open.fromMs;
      open = null;
      note('unthrottled', 'nothing holds its clock any more', changedMs);
    }
  };
  return {
    see(machine, atMs) {
      if (last && last.governor !== machine.governor)
        note('info', `the governor is ${machine.governor}, and was ${last.governor}`, atMs);
      first ??= machine;
      last = machine;
      hottestC = hotter(hottestC, machine.temperatureC);
      for (const stick of machine.sticks)
        hottestSticks.set(stick.name, hotter(hottestSticks.get(stick.name) ?? null, stick.temperatureC));
      followThrottling(machine, atMs);
    },
    close(atMs) {
      if (!first || !last) return null;
      const still = open ? Math.max(0, atMs - open.fromMs) : 0;
      const total = throttledMs + still;
      const told = total > 0 || first.clusters.length + first.zones.length > 0;
      return {
        start: momentOf(first),
        end: momentOf(last),
        hottestC,
        sticks: first.sticks.map(({ name, speedMbps }) => ({
          ...{ name, speedMbps },
          hottestC: hottestSticks.get(name) ?? null,
        })),
        throttledMs: told ? total : null,
      };
    },
  };
}

/** Read again where notes are shown: app/ui/gantt/throttle-note.ts. */
export function throttledText({ share, zone, temperatureC }: Throttling): string {
  const where = temperatureC === null ? '' : ` at ${temperatureC} °C (${zone})`;
  return `its clock is held at ${Math.round(share * 100)} %${where}`;
}

const hotter = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

const momentOf = ({ temperatureC, governor, clusters }: MachineNow): MachineMoment => ({
  ...{ temperatureC, governor },
  clocksMHz: clusters.flatMap(({ clockMHz }) => clockMHz ?? []),
});
