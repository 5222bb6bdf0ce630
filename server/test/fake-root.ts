import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The files of a kernel in a folder of their own, for what looks at a machine from `SWITCHYARD_ROOT` down. */
export interface FakeRoot {
  readonly path: string;
  put(files: Readonly<Record<string, string | number>>): void;
  /** A file, or a folder with all that is in it. */
  drop(name: string): void;
  remove(): void;
}

export function fakeRoot(files: Readonly<Record<string, string | number>> = {}): FakeRoot {
  const path = mkdtempSync(join(tmpdir(), 'switchyard-root-'));
  const root: FakeRoot = {
    path,
    put(more) {
      for (const [name, text] of Object.entries(more)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), `${text}\n`);
      }
    },
    drop: (name) => rmSync(join(path, name), { recursive: true, force: true }),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
  root.put(files);
  return root;
}

/** An RK3399 under the vendor's 4.4 kernel: two clusters, two zones, cool and at full clock. */
export const RK3399 = {
  'proc/device-tree/model': 'ASUS Tinker Edge R',
  'proc/device-tree/compatible': 'asus,rk3399pro-tinker-edge-r\0rockchip,rk3399pro\0rockchip,rk3399\0',
  ...cluster(0, '0-3', 1_416_000),
  ...cluster(4, '4-5', 1_800_000),
  'sys/class/thermal/thermal_zone0/type': 'soc-thermal',
  'sys/class/thermal/thermal_zone0/temp': 54_300,
  'sys/class/thermal/thermal_zone0/trip_point_0_type': 'passive',
  'sys/class/thermal/thermal_zone0/trip_point_0_temp': 70_000,
  'sys/class/thermal/thermal_zone0/trip_point_1_type': 'passive',
  'sys/class/thermal/thermal_zone0/trip_point_1_temp': 85_000,
  'sys/class/thermal/thermal_zone0/trip_point_2_type': 'critical',
  'sys/class/thermal/thermal_zone0/trip_point_2_temp': 105_000,
  'sys/class/thermal/thermal_zone1/type': 'gpu-thermal',
  'sys/class/thermal/thermal_zone1/temp': 51_000,
  'sys/class/thermal/cooling_device0/type': 'thermal-cpufreq-0',
  'sys/class/thermal/cooling_device0/cur_state': 0,
  'sys/class/thermal/cooling_device1/type': 'thermal-cpufreq-1',
  'sys/class/thermal/cooling_device1/cur_state': 0,
  'sys/class/thermal/cooling_device2/type': 'Fan',
  'sys/class/thermal/cooling_device2/cur_state': 3,
} as const;

/** The same when it has become too hot: the fast cluster is held to two thirds. */
export const TOO_HOT = {
  'sys/class/thermal/thermal_zone0/temp': 86_200,
  'sys/class/thermal/cooling_device1/cur_state': 3,
  'sys/devices/system/cpu/cpufreq/policy4/scaling_max_freq': 1_200_000,
  'sys/devices/system/cpu/cpufreq/policy4/scaling_cur_freq': 1_200_000,
} as const;

export const COOL_AGAIN = Object.fromEntries(
  Object.keys(TOO_HOT).map((name) => [name, RK3399[name as keyof typeof TOO_HOT]]),
) as Record<keyof typeof TOO_HOT, string | number>;

function cluster<N extends number>(policy: N, cores: string, kHz: number) {
  const folder = `sys/devices/system/cpu/cpufreq/policy${policy}` as const;
  return {
    [`${folder}/related_cpus`]: cores,
    [`${folder}/scaling_governor`]: 'performance',
    [`${folder}/cpuinfo_max_freq`]: kHz,
    [`${folder}/scaling_max_freq`]: kHz,
    [`${folder}/scaling_cur_freq`]: kHz,
  } as Record<
    `sys/devices/system/cpu/cpufreq/policy${N}/${'related_cpus' | 'scaling_governor' | 'cpuinfo_max_freq' | 'scaling_max_freq' | 'scaling_cur_freq'}`,
    string | number
  >;
}

/** A stick at a port, with what its library is found by. */
export const CORAL = {
  ...stick('2-1', '1a6e', '089a', 5000, 3),
  'usr/lib/libedgetpu.so.1': 'not really',
};
export const NCS2 = {
  ...stick('1-1.2', '03e7', '2485', 480, 7),
  'usr/lib/libmvnc.so.0': 'not really',
};

export function stick(port: string, vendor: string, product: string, mbps: number, number: number) {
  const folder = `sys/bus/usb/devices/${port}`;
  return {
    [`${folder}/idVendor`]: vendor,
    [`${folder}/idProduct`]: product,
    [`${folder}/speed`]: mbps,
    [`${folder}/busnum`]: port.slice(0, port.indexOf('-')),
    [`${folder}/devnum`]: number,
  };
}
