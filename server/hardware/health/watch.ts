import { deviceUnitId } from '../detect/kinds.ts';
import type { KnownDevice } from '../detect/watch-devices.ts';
import { type MachineNow, readMachine } from '../machine-now.ts';
import { monotonicMs } from '../monotonic.ts';
import type { UnitId } from '../unit.ts';
import { findSensors } from './sensors.ts';
import type { Throttling } from './throttling.ts';

/** The machine, and since when it has been throttled as it is, or not at all. */
export interface MachineWatched extends MachineNow {
  /** CLOCK_MONOTONIC milliseconds; of the first look that found it so. */
  readonly throttledSinceMs: number;
  /** What is plugged in, at the speed of its port. */
  readonly sticks: readonly {
    readonly name: string;
    readonly speedMbps: number | null;
    /** null: it has no thermometer, or its unit does not run. */
    readonly temperatureC: number | null;
  }[];
}

export const LOOK_EVERY_MS = 1000;
/** Cooled to the trip point a machine is let go, warms, and is held again within a second or two: that is one stretch. */
const STEADY_LOOKS = 3;

export interface WatchedParts {
  readonly root: string;
  /** Those that are known to be plugged in. */
  readonly devices: () => readonly KnownDevice[];
  /** Of the device behind the unit, as that said last. */
  readonly warmthC: (unit: UnitId) => number | null;
}

/** Looks at the machine once a second; returns what ends it. */
export function watchMachine(
  { root, devices, warmthC }: WatchedParts,
  seen: (machine: MachineWatched) => void,
): () => void {
  const sensors = findSensors(root);
  const steady = createSteady();
  const look = () => {
    const machine = readMachine(sensors);
    const { throttled, sinceMs } = steady(machine.throttled, monotonicMs());
    seen({ ...machine, throttled, throttledSinceMs: sinceMs, sticks: sticksOf(devices(), warmthC) });
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  return () => clearInterval(timer);
}

const sticksOf = (devices: readonly KnownDevice[], warmthC: WatchedParts['warmthC']): MachineWatched['sticks'] =>
  devices.flatMap(({ kind, stick, away }) =>
    stick && away === null
      ? [{ name: kind.name, speedMbps: stick.speedMbps, temperatureC: warmthC(deviceUnitId(kind)) }]
      : [],
  );

/** Throttling as it stands, without the moments in which it lets go. */
export function createSteady() {
  let known: Throttling | null = null;
  let sinceMs = 0;
  let letGoMs: number | null = null;
  let looks = 0;
  return (throttled: Throttling | null, nowMs: number) => {
    if (sinceMs === 0) sinceMs = nowMs;
    if (throttled) {
      if (!known) sinceMs = nowMs;
      known = throttled;
      letGoMs = null;
      looks = 0;
    } else if (known) {
      letGoMs ??= nowMs;
      if (++looks >= STEADY_LOOKS) {
        known = null;
        sinceMs = letGoMs;
        letGoMs = null;
        looks = 0;
      }
    }
    return { throttled: known, sinceMs };
  };
}
