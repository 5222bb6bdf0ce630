import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../application/live.ts';
import type { UnitLive } from '../application/messages.ts';
import type { MachineWatched } from '../hardware/health/watch.ts';
import { rowsFrom } from '../history/scratch.ts';
import { createMetrics } from './metrics.ts';

const machine = {
  zones: [{ type: 'soc-thermal', temperatureC: 54.3 }],
  sticks: [{ name: 'Intel NCS2', speedMbps: 5000, temperatureC: 41.5 }],
  clusters: [{ cores: '4-5', governor: 'performance', clockMHz: 1800, maxMHz: 1800 }],
  throttled: { share: 0.6, zone: 'soc-thermal', temperatureC: 86 },
} as unknown as MachineWatched;
const unit = { id: 'a"b\\c', status: 'ready', crashes: 2 } as unknown as UnitLive;

test('every metric has its help and its type once, a counter ends in _total, and buckets add up', () => {
  let hear: (change: Change) => void = () => {};
  const metrics = createMetrics({
    conductor: {
      on: (listener) => {
        hear = listener;
        return () => {};
      },
      live: () => ({ units: [unit], run: null, experiment: null, queuedExperiments: 0, machine }),
    },
    announcer: { on: () => {} },
    clients: () => 0,
    version: '1.2.3',
  });
  const plan = { units: ['a"b\\c'], models: ['m\nn'] } as never;
  hear({ type: 'rows', run: 1, firstSeq: 0, rows: 7, data: rowsFrom(0, 7), plan });
  const lines = metrics().trimEnd().split('\n');
  const types = new Map(
    lines.filter((l) => l.startsWith('# TYPE ')).map((l) => l.slice(7).split(' ') as [string, string]),
  );
  assert.equal(lines.filter((line) => line.startsWith('# HELP ')).length, types.size);
  for (const line of lines.filter((each) => !each.startsWith('#'))) {
    const [, name = ''] =
      /^([a-z_]+)(?:\{[a-z]+="(?:[^"\\\n]|\\.)*"(?:,[a-z]+="(?:[^"\\\n]|\\.)*")*\})? \S+$/.exec(line) ?? [];
    const type = types.get(name) ?? types.get(name.replace(/_(bucket|sum|count)$/, ''));
    assert.ok(type, line);
    assert.equal(name.endsWith('_total'), type === 'counter', line);
  }
  const bucket = (le: string) =>
    lines.find((l) => l.startsWith('switchyard_inference_duration_seconds_bucket') && l.includes(`le="${le}"`));
  assert.match(bucket('+Inf') ?? '', / 7$/);
  assert.match(bucket('60') ?? '', / 7$/);
  assert.ok(lines.includes('switchyard_temperature_celsius{zone="soc-thermal"} 54.3'));
  assert.ok(lines.includes('switchyard_temperature_celsius{zone="Intel NCS2"} 41.5'));
  assert.ok(lines.includes('switchyard_cpu_clock_hertz{cores="4-5"} 1800000000'));
  assert.ok(lines.includes('switchyard_throttled 1'));
  assert.ok(lines.includes('switchyard_unit_crashes_total{unit="a\\"b\\\\c"} 2'));
});
