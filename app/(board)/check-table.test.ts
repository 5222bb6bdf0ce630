import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../ui/words/en.ts';
import { ko } from '../ui/words/ko.ts';
import { tableFaults } from './check-table.ts';
import { EXAMPLE_TABLE } from './example-table.ts';

const units = [{ id: 'gpu' }];
const models = ['a'];
const t = en.board.custom.wrong;

test('the example is a table', () => {
  assert.deepEqual(tableFaults(JSON.parse(EXAMPLE_TABLE), en), []);
});

test('every mistake is one sentence of our own and says where it is', () => {
  const wrong: readonly (readonly [unknown, string, string])[] = [
    [[1, 2], '', t.shape],
    [{ units, models, latencyMs: { gpu: { a: -3 } } }, 'latencyMs.gpu.a', t.ms],
    [{ units, models, latencyMs: { gpu: { a: 3 }, ghost: { a: 3 } } }, '', t.ghost('ghost')],
    [{ units, models, latencyMs: { gpu: { a: null } } }, '', t.nowhere('a')],
    [{ units, models, latencyMs: { gpu: { a: 3 } }, speed: 1 }, '', t.unknownKey('speed')],
    [{ units: [{ id: 'My GPU' }], models, latencyMs: { 'My GPU': { a: 3 } } }, 'units.0.id', t.unitId],
    [{ units: [...units, ...units], models, latencyMs: { gpu: { a: 3 } } }, '', t.unitTwice],
    [{ units, models: [...models, ...models], latencyMs: { gpu: { a: 3 } } }, '', t.modelTwice],
    [{ models, latencyMs: { gpu: { a: 3 } } }, 'units', t.units],
  ];
  for (const [table, where, sentence] of wrong) assert.deepEqual(tableFaults(table, en), [{ where, sentence }]);
});

test('in Korean the sentences are Korean', () => {
  const [fault] = tableFaults({ units, models, latencyMs: { gpu: { a: 3 }, ghost: {} } }, ko);
  assert.equal(fault?.sentence, ko.board.custom.wrong.ghost('ghost'));
  assert.match(fault?.sentence ?? '', /[가-힣]/);
});
