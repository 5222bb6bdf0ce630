import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { machineState } from './machine-state.ts';

test('the governor and the hottest thermometer are read; a zone without one counts for nothing', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'machine-'));
  t.after(() => rmSync(root, { recursive: true }));
  const files = {
    'sys/devices/system/cpu/cpu0/cpufreq/scaling_governor': 'performance\n',
    'sys/class/thermal/thermal_zone0/temp': '41350\n',
    'sys/class/thermal/thermal_zone1/temp': '68720\n',
    'sys/class/thermal/thermal_zone2/temp': 'not a number\n',
    'sys/class/thermal/cooling_device0/temp': '999999\n',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  assert.deepEqual(machineState(root), { governor: 'performance', temperatureC: 68.7 });
});

test('a machine that says nothing is known for nothing', () => {
  assert.deepEqual(machineState('/nowhere'), { governor: null, temperatureC: null });
});
