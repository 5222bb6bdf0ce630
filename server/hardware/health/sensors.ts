import { lineOf, namesIn, numberIn } from '../kernel-files.ts';

/** Where this machine's own figures are read, and what of them never changes: looked for once, read every second. */
export interface Sensors {
  /** Cores that share a clock; the RK3399 has two such clusters. */
  readonly clusters: readonly {
    readonly folder: string;
    /** As the kernel writes it: "0-3" or "4 5". */
    readonly cores: string;
    readonly maxKHz: number;
  }[];
  readonly zones: readonly {
    readonly file: string;
    /** By what it measures: zones are numbered differently by every kernel. */
    readonly type: string;
    /** Where the kernel begins to slow things down, lowest first; millidegrees. */
    readonly passive: readonly number[];
  }[];
  /** Of what slows a processor or an accelerator down; no fans. */
  readonly brakes: readonly string[];
  /** Files in microwatts. */
  readonly power: readonly string[];
}

const CPUFREQ = '/sys/devices/system/cpu/cpufreq';
const THERMAL = '/sys/class/thermal';
const HWMON = '/sys/class/hwmon';
const SUPPLIES = '/sys/class/power_supply';

/** A fan at work is no brake. The names are of the 4.4 BSP kernel, of mainline, and of PCs. */
const BRAKE = /^(thermal-)?(cpufreq|devfreq)|^Processor$|^intel_powerclamp$/;

export function findSensors(root = ''): Sensors {
  const thermal = namesIn(`${root}${THERMAL}`).map((name) => `${root}${THERMAL}/${name}`);
  const zones = thermal.filter((folder) => /\/thermal_zone\d+$/.test(folder));
  const coolers = thermal.filter((folder) => /\/cooling_device\d+$/.test(folder));
  return {
    clusters: clustersIn(`${root}${CPUFREQ}`),
    zones: zones
      .filter((folder) => (numberIn(`${folder}/temp`) ?? 0) > 0) // some have no thermometer behind them
      .map((folder) => ({
        file: `${folder}/temp`,
        type: lineOf(`${folder}/type`) ?? 'thermal zone',
        passive: passiveTrips(folder),
      })),
    brakes: coolers
      .filter((folder) => BRAKE.test(lineOf(`${folder}/type`) ?? ''))
      .map((folder) => `${folder}/cur_state`),
    power: powerInputs(root),
  };
}

function clustersIn(folder: string): Sensors['clusters'] {
  return namesIn(folder)
    .filter((name) => /^policy\d+$/.test(name))
    .flatMap((name) => {
      const maxKHz = numberIn(`${folder}/${name}/cpuinfo_max_freq`);
      const cores = lineOf(`${folder}/${name}/related_cpus`) ?? name.slice('policy'.length);
      return maxKHz ? [{ folder: `${folder}/${name}`, cores, maxKHz }] : [];
    });
}

function passiveTrips(zone: string): number[] {
  return namesIn(zone)
    .filter((name) => /^trip_point_\d+_type$/.test(name) && /^(passive|hot)$/.test(lineOf(`${zone}/${name}`) ?? ''))
    .flatMap((name) => numberIn(`${zone}/${name.replace('_type', '_temp')}`) ?? [])
    .filter((trip) => trip > 0)
    .sort((a, b) => a - b);
}

function powerInputs(root: string): string[] {
  const rails = namesIn(`${root}${HWMON}`).flatMap((chip) =>
    namesIn(`${root}${HWMON}/${chip}`)
      .filter((name) => /^power\d+_input$/.test(name))
      .map((name) => `${root}${HWMON}/${chip}/${name}`),
  );
  const supplies = namesIn(`${root}${SUPPLIES}`).map((name) => `${root}${SUPPLIES}/${name}/power_now`);
  return [...rails, ...supplies].filter((file) => numberIn(file) !== null);
}
