import { readdirSync, readFileSync } from 'node:fs';

/** What the machine was like while something was measured, as far as it says. */
export interface MachineState {
  /** How the kernel chooses the clock rate: `performance`, `ondemand`, …; null where it does not say. */
  readonly governor: string | null;
  /** Of the hottest place that has a thermometer, in degrees Celsius. */
  readonly temperatureC: number | null;
}

const CPU = '/sys/devices/system/cpu/cpu0/cpufreq';
const THERMAL = '/sys/class/thermal';

export function machineState(root = ''): MachineState {
  const hottest = Math.max(
    ...zones(root).map((zone) => Number(lineOf(`${root}${THERMAL}/${zone}/temp`) ?? Number.NaN)),
  );
  return {
    governor: lineOf(`${root}${CPU}/scaling_governor`),
    temperatureC: Number.isFinite(hottest) ? Math.round(hottest / 100) / 10 : null,
  };
}

/** Those that can be read; some zones have no thermometer behind them. */
function zones(root: string): string[] {
  try {
    const all = readdirSync(`${root}${THERMAL}`).filter((name) => name.startsWith('thermal_zone'));
    return all.filter((zone) => Number(lineOf(`${root}${THERMAL}/${zone}/temp`)) > 0);
  } catch {
    return []; // a machine without thermometers
  }
}

function lineOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch {
    return null; // not every kernel has it
  }
}
