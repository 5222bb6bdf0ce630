import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeRoot } from '../test/fake-root.ts';
import { shippedBoards } from './boards.ts';
import { bigCores } from './clusters.ts';

const cores = (file: string, values: readonly number[]) =>
  Object.fromEntries(values.map((value, core) => [`sys/devices/system/cpu/cpu${core}/${file}`, value]));

test('an RK3399 has four little cores and two big ones, whichever way its kernel says so', (t) => {
  const capacity = fakeRoot(cores('cpu_capacity', [485, 485, 485, 485, 1024, 1024]));
  const clock = fakeRoot(cores('cpufreq/cpuinfo_max_freq', [1416000, 1416000, 1416000, 1416000, 1800000, 1800000]));
  t.after(capacity.remove);
  t.after(clock.remove);
  assert.deepEqual(bigCores(capacity.path), [4, 5]);
  assert.deepEqual(bigCores(clock.path), [4, 5]);
});

test('cores that only boost further than others are of one kind, and a silent kernel says nothing', (t) => {
  const boost = fakeRoot(cores('cpufreq/cpuinfo_max_freq', [4900000, 5200000, 4900000]));
  const half = fakeRoot({ ...cores('cpu_capacity', [400]), 'sys/devices/system/cpu/cpu1/online': 1 });
  t.after(boost.remove);
  t.after(half.remove);
  assert.equal(bigCores(boost.path), null);
  assert.equal(bigCores(half.path), null);
  assert.equal(bigCores('/nowhere'), null);
});

test('the processor’s unit has the big cores to itself, a thread on each, until a person says otherwise', () => {
  const options = (parts: Partial<Parameters<typeof shippedBoards>[0]>) =>
    shippedBoards({ models: [], ...parts })[0]?.units[0]?.options;
  assert.deepEqual(options({ bigCores: [4, 5] }), { threads: 2, cores: [4, 5] });
  assert.deepEqual(options({ bigCores: null }), { threads: 1, cores: null });
  const chosen = { threads: 4, cores: null };
  assert.deepEqual(options({ bigCores: [4, 5], options: { 'machine.cpu': chosen } }), chosen);
});
