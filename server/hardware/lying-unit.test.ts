import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Result } from '../brand.ts';
import { root, until } from '../test/product.ts';
import type { UnitSpec } from './board.ts';
import { shippedBoards } from './boards.ts';
import { BREAKER_LIMITS } from './breaker.ts';
import { superviseUnit } from './supervisor.ts';
import type { Inference, JobId, ModelId } from './unit.ts';

// A driver is a stranger: whatever its process says, a job has one answer that can be true, or its unit is started anew.

const spec = shippedBoards({ models: [] })[1]!.units[3]!; // the poster's board has four
const DEADLINE_MS = 3000;

function supervised(t: { after(call: () => void): void }, lie: string) {
  const lost: string[] = [];
  let starts = 0;
  const liar: UnitSpec = { ...spec, attached: { library: null, device: lie } };
  const unit = superviseUnit({
    spec: liar,
    program: join(root, 'server/test/lying-unit.mjs'),
    models: () => [],
    deadlineMs: () => DEADLINE_MS,
    breaker: { ...BREAKER_LIMITS, firstDelayMs: 10, longestDelayMs: 50 },
    events: {
      changed() {
        if (unit.status === 'starting') starts++;
      },
      lost: (why) => lost.push(why),
      returned() {},
    },
  });
  t.after(() => unit.stop());
  const becomes = (status: string) => until(async () => (unit.status === status ? true : undefined), status, 10_000);
  const answers: Result<Inference>[] = [];
  const infer = () =>
    unit.driver.infer({ job: 1 as JobId, model: 'm' as ModelId, input: 0, load: null }, (result) =>
      answers.push(result),
    );
  return { unit, lost, becomes, infer, answers, starts: () => starts };
}

const UNFORGIVEN: Readonly<Record<string, RegExp>> = {
  'no frame': /not in the protocol/,
  'half a frame': /ended by SIGKILL/,
  'another protocol': /not answered in time/,
  'endless frame': /not answered in time/,
  'wrong shape': /not in the protocol/,
  'nothing at all': /not in the protocol/,
  'before it was asked': /at a time that cannot be/,
  'not yet': /at a time that cannot be/,
  'long load': /at a time that cannot be/,
  'for somebody else': /not answered in time/,
  'out of memory': /ended by SIGKILL/,
};

for (const [lie, why] of Object.entries(UNFORGIVEN))
  test(`a unit that lies (${lie}) is taken away from what it held, and started anew`, async (t) => {
    const { unit, lost, becomes, infer, answers } = supervised(t, lie);
    unit.start();
    await becomes('ready');
    infer();
    await until(async () => (lost.length > 0 ? true : undefined), 'its loss', 10_000);
    assert.match(lost[0] ?? '', why);
    assert.match(lost[0] ?? '', /^[^\n]{5,600}$/);
    assert.deepEqual(answers, [], 'no wrong result was accepted');
    await becomes('ready');
  });

test('an answer that comes three times, or to nothing that was asked, counts once and not at all', async (t) => {
  const { unit, lost, becomes, infer, answers } = supervised(t, 'twice');
  unit.start();
  await becomes('ready');
  infer();
  await until(async () => (answers.length > 0 ? true : undefined), 'its answer');
  infer();
  await until(async () => (answers.length > 1 ? true : undefined), 'the next answer');
  assert.deepEqual([answers.length, lost], [2, []]);
});

test('a unit that ends at every start is left alone after three times in a minute, with its reason, until it is released', async (t) => {
  const { unit, lost, becomes, starts } = supervised(t, 'leaves at once');
  unit.start();
  await becomes('quarantined');
  assert.deepEqual([starts(), lost.length], [3, 3]);
  assert.match(unit.reason ?? '', /ended with code 19/);
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(starts(), 3, 'nobody starts it again by itself');
  unit.release();
  await becomes('quarantined');
  assert.equal(starts(), 6);
});
