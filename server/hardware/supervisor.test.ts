import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../test/product.ts';
import type { UnitSpec } from './board.ts';
import { shippedBoards } from './boards.ts';
import { builtProgram } from './program.ts';
import { superviseUnit } from './supervisor.ts';

const spec = shippedBoards({ models: [] })[1]!.units[3]!; // the poster's board has four
const away = (why: string): UnitSpec => ({ ...spec, away: why });

function supervised(t: { after(call: () => void): void }, first: UnitSpec) {
  const lost: string[] = [];
  const unit = superviseUnit({
    spec: first,
    program: builtProgram('unit-simulated'),
    models: () => [],
    deadlineMs: () => 1000,
    events: { changed() {}, lost: (why) => lost.push(why), returned() {} },
  });
  t.after(() => unit.stop());
  const becomes = (status: string) => until(async () => (unit.status === status ? true : undefined), status, 5000);
  return { unit, lost, becomes };
}

test('a unit whose stick is pulled out is absent, its process is gone, and it starts when the stick is back', async (t) => {
  const { unit, lost, becomes } = supervised(t, spec);
  unit.start();
  await becomes('ready');
  const { pid } = unit;
  unit.follow(away('it was unplugged'));
  assert.deepEqual([unit.status, unit.reason, unit.pid, unit.crashes], ['absent', 'it was unplugged', null, 0]);
  assert.deepEqual(lost, ['it was unplugged']);
  await until(async () => (isGone(pid!) ? true : undefined), 'the end of its process', 5000); // it was ready
  unit.follow(away('it was unplugged'));
  assert.equal(lost.length, 1, 'the same again is no news');
  unit.follow(spec);
  await becomes('ready');
});

test('a unit that has no stick at the start is absent, and not started', async (t) => {
  const { unit, becomes } = supervised(t, away('another server uses it (process 7)'));
  unit.start();
  assert.deepEqual([unit.status, unit.reason, unit.pid], ['absent', 'another server uses it (process 7)', null]);
  unit.follow(spec);
  await becomes('ready');
});

test('what somebody set with the fault knobs is not undone when the board is described anew', async (t) => {
  const { unit, becomes } = supervised(t, spec);
  unit.start();
  await becomes('ready');
  unit.fault({ kind: 'leave' });
  unit.follow(spec);
  assert.equal(unit.status, 'absent');
  unit.fault({ kind: 'return' });
  await becomes('ready');
});

test('a unit that is reset starts when its last process has gone, and does not when it was stopped meanwhile', async (t) => {
  const { unit, lost, becomes } = supervised(t, spec);
  unit.start();
  await becomes('ready');
  const before = unit.pid;
  unit.reset();
  assert.deepEqual([unit.status, unit.pid], ['starting', null]);
  await until(async () => (unit.pid === null ? undefined : true), 'a new process');
  assert.ok(isGone(before!), 'two would want one device'); // it was ready
  await becomes('ready');
  unit.reset();
  unit.stop();
  await new Promise((later) => setTimeout(later, 300));
  assert.deepEqual([unit.status, unit.pid, unit.crashes], ['asleep', null, 0]);
  assert.deepEqual(lost, ['it was reset', 'it was reset']);
});

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
