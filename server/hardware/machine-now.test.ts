import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COOL_AGAIN, fakeRoot, RK3399, TOO_HOT } from '../test/fake-root.ts';
import { findSensors } from './health/sensors.ts';
import { machineNow, readMachine } from './machine-now.ts';

const POLICY4 = 'sys/devices/system/cpu/cpufreq/policy4';

test('clusters, zones by what they measure, and a fan that is no brake', (t) => {
  const root = fakeRoot(RK3399);
  t.after(root.remove);
  const { clusters, zones, throttled, temperatureC, clockMHz, governor, watts } = machineNow(root.path);
  assert.deepEqual(
    clusters.map(({ cores, clockMHz, maxMHz }) => [cores, clockMHz, maxMHz]),
    [
      ['0-3', 1416, 1416],
      ['4-5', 1800, 1800],
    ],
  );
  assert.deepEqual(zones, [
    { type: 'soc-thermal', temperatureC: 54.3 },
    { type: 'gpu-thermal', temperatureC: 51 },
  ]);
  assert.deepEqual([throttled, temperatureC, clockMHz, governor, watts], [null, 54.3, 1800, 'performance', null]);
});

test('a machine that says nothing is known for nothing', () => {
  const { clusters, zones, throttled, temperatureC, clockMHz, governor, watts } = machineNow('/nowhere');
  assert.deepEqual(
    [clusters, zones, throttled, temperatureC, clockMHz, governor, watts],
    [[], [], null, null, null, null, null],
  );
});

test('too hot, it is throttled to what its slowest cluster is held to, until it has cooled', (t) => {
  const root = fakeRoot(RK3399);
  t.after(root.remove);
  const sensors = findSensors(root.path);
  root.put(TOO_HOT);
  assert.deepEqual(readMachine(sensors).throttled, {
    share: 1_200_000 / 1_800_000,
    zone: 'soc-thermal',
    temperatureC: 86.2,
  });
  root.put(COOL_AGAIN);
  assert.equal(readMachine(sensors).throttled, null);
});

test('a clock that a person holds down is not throttled: nothing is hot', (t) => {
  const root = fakeRoot({
    ...RK3399,
    [`${POLICY4}/scaling_max_freq`]: 1_200_000,
    [`${POLICY4}/scaling_cur_freq`]: 1_200_000,
  });
  t.after(root.remove);
  assert.equal(machineNow(root.path).throttled, null);
});

test('a low clock is idleness under ondemand, and throttling under performance where it is hot', (t) => {
  const hot = { 'sys/class/thermal/thermal_zone0/temp': 70_500 };
  const root = fakeRoot({ ...RK3399, ...hot, [`${POLICY4}/scaling_cur_freq`]: 900_000 });
  t.after(root.remove);
  assert.equal(machineNow(root.path).throttled?.share, 0.5);
  root.put({ [`${POLICY4}/scaling_governor`]: 'ondemand' });
  assert.equal(machineNow(root.path).throttled, null);
});

test('a brake that is pulled is throttling even where no clock can be read', (t) => {
  const root = fakeRoot({
    'sys/class/thermal/cooling_device0/type': 'thermal-devfreq-0',
    'sys/class/thermal/cooling_device0/cur_state': 2,
  });
  t.after(root.remove);
  assert.deepEqual(machineNow(root.path).throttled, { share: 1, zone: null, temperatureC: null });
});

test('watts are the largest that a sensor of power says', (t) => {
  const root = fakeRoot({
    'sys/class/hwmon/hwmon0/power1_input': 7_140_000,
    'sys/class/hwmon/hwmon0/power2_input': 2_100_000,
    'sys/class/hwmon/hwmon0/in0_input': 12_000,
  });
  t.after(root.remove);
  assert.equal(machineNow(root.path).watts, 7.1);
});
