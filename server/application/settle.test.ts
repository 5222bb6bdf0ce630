import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SupervisedUnit } from '../hardware/supervisor.ts';
import type { DriverJob, ModelId, UnitId } from '../hardware/unit.ts';
import { coolDown, type Settling, settleBoard, settles } from './settle.ts';

function clock() {
  let ms = 0;
  const pause = async (forMs: number) => {
    ms += forMs;
  };
  return { now: () => ms, pause };
}

test('a run waits until the board is as cool as it was asked for, and says how far it is', async () => {
  const { now, pause } = clock();
  const said: Settling[] = [];
  const at = () => Math.max(40, 62 - now() / 1000);
  const wrong = await coolDown(60, at, { cancelled: () => false, say: (one) => said.push(one) }, now, pause);
  assert.equal(wrong, null);
  assert.equal(now(), 2000);
  assert.deepEqual(said[0], { kind: 'cooling', nowC: 62, toC: 60 });
  assert.equal(said.length, 4);
});

test('a board that stays hot, or has no thermometer, begins all the same and says so', async () => {
  const { now, pause } = clock();
  const waiting = { cancelled: () => false, say: () => {} };
  assert.match((await coolDown(50, () => 71.5, waiting, now, pause)) ?? '', /still at 71\.5 °C after ten minutes/);
  assert.ok(now() >= 600_000);
  assert.match((await coolDown(50, () => null, waiting, now, pause)) ?? '', /no thermometer/);
});

test('nobody waits for a run that was stopped', async () => {
  const { now, pause } = clock();
  assert.equal(await coolDown(50, () => 71, { cancelled: () => true, say: () => {} }, now, pause), null);
  assert.equal(now(), 0);
});

test('every unit works on what it has loaded; one with nothing loads a model and keeps it', async () => {
  const heard: string[] = [];
  const unit = (id: string, ms: number) =>
    ({
      spec: { id: id as UnitId },
      status: 'ready',
      driver: {
        infer({ model, input, load }: DriverJob, done: () => void) {
          heard.push(`${id} ${model} ${input}${load ? ' load' : ''}`);
          setTimeout(done, ms);
        },
      },
    }) as unknown as SupervisedUnit;
  const [a, b] = ['a', 'b'] as ModelId[] as [ModelId, ModelId];
  const resident = new Map<UnitId, readonly ModelId[]>([
    ['all' as UnitId, [a, b]],
    ['one' as UnitId, []],
  ]);
  const said: Settling[] = [];
  await settleBoard(
    { warmUpS: 0.2, pictures: ['x', 'y', 'z'] },
    {
      units: [
        { unit: unit('all', 30), models: [a, b] },
        { unit: unit('one', 30), models: [b, a] },
      ],
      resident,
      temperatureC: () => null,
      cancelled: () => false,
      say: (one) => said.push(one),
    },
  );
  assert.deepEqual(heard.filter((line) => line.startsWith('all')).slice(0, 4), [
    'all a 0 load',
    'all b 1 load',
    'all a 2',
    'all b 0',
  ]);
  assert.deepEqual(heard.filter((line) => line.startsWith('one')).slice(0, 2), ['one b 0 load', 'one b 1']);
  assert.deepEqual(resident.get('one' as UnitId), [b]);
  assert.ok(said[0]?.kind === 'warming' && said[0].ofS === 0.2 && said[0].s < 0.1);
});

test('only what is asked for is waited for', () => {
  assert.equal(settles({ pictures: [] }), false);
  assert.equal(settles({ pictures: [], warmUpS: 0, coolToC: null }), false);
  assert.equal(settles({ pictures: [], warmUpS: 1 }), true);
  assert.equal(settles({ pictures: [], coolToC: 50 }), true);
});
