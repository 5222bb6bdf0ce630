import { cpus, freemem, loadavg, totalmem } from 'node:os';
import { findSensors, type Sensors } from './health/sensors.ts';
import { type Readings, type Throttling, throttlingOf } from './health/throttling.ts';
import { lineOf, numberIn } from './kernel-files.ts';

/** What the machine is like at this moment, as far as it says. */
export interface MachineNow {
  /** How the kernel chooses the clock rate: `performance`, `ondemand`, …; of the first cores; null where it does not say. */
  readonly governor: string | null;
  /** Of the hottest place that has a thermometer, in degrees Celsius. */
  readonly temperatureC: number | null;
  /** Of the fastest cluster; null where the kernel does not say. */
  readonly clockMHz: number | null;
  readonly clusters: readonly {
    readonly cores: string;
    readonly governor: string | null;
    readonly clockMHz: number | null;
    readonly maxMHz: number;
  }[];
  readonly zones: readonly { readonly type: string; readonly temperatureC: number }[];
  /** null: nothing holds it back. */
  readonly throttled: Throttling | null;
  /** The largest that a sensor of power says: that of an input holds the others. */
  readonly watts: number | null;
  readonly cores: number;
  /** Processes that ran or waited to, over the last minute. */
  readonly load: number;
  readonly memory: { readonly freeBytes: number; readonly totalBytes: number };
}

/** Counting them reads a file of every core's: once. */
const CORES = cpus().length;

export const machineNow = (root = ''): MachineNow => readMachine(findSensors(root));

/** Three short files for each cluster, one for each zone, brake and sensor of power. */
export function readMachine(sensors: Sensors): MachineNow {
  const readings = readingsOf(sensors);
  const clusters = readings.clusters.map(({ governor, nowKHz, maxKHz }, i) => ({
    cores: sensors.clusters[i]?.cores ?? '',
    governor,
    clockMHz: nowKHz === null ? null : Math.round(nowKHz / 1000),
    maxMHz: Math.round(maxKHz / 1000),
  }));
  const zones = readings.zones.map(({ type, milliC }) => ({ type, temperatureC: Math.round(milliC / 100) / 10 }));
  const watts = sensors.power.map((file) => numberIn(file) ?? 0);
  return {
    governor: clusters[0]?.governor ?? null,
    temperatureC: largest(zones.map(({ temperatureC }) => temperatureC)),
    clockMHz: largest(clusters.flatMap(({ clockMHz }) => clockMHz ?? [])),
    clusters,
    zones,
    throttled: throttlingOf(readings),
    watts: watts.length === 0 ? null : Math.round(Math.max(...watts) / 1e5) / 10,
    cores: CORES,
    load: loadavg()[0] ?? 0, // always three
    memory: { freeBytes: freemem(), totalBytes: totalmem() },
  };
}

const readingsOf = ({ clusters, zones, brakes }: Sensors): Readings => ({
  clusters: clusters.map(({ folder, maxKHz }) => ({
    governor: lineOf(`${folder}/scaling_governor`),
    nowKHz: numberIn(`${folder}/scaling_cur_freq`),
    heldKHz: numberIn(`${folder}/scaling_max_freq`),
    maxKHz,
  })),
  zones: zones.map(({ file, type, passive }) => ({ type, milliC: numberIn(file) ?? 0, passive })),
  brakes: brakes.map((file) => numberIn(file) ?? 0),
});

const largest = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.max(...values));
