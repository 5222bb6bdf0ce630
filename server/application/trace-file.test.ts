import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTrace, surveyTrace, traceCounts } from './trace-file.ts';

const MODELS = ['a', 'b'];

test('jobs come in any order and leave in order of arrival, those of one moment as they were written', () => {
  const text = '{"atMs":5,"model":"a"}\n{"atMs":0,"model":"b","deadlineMs":9}\n\n{"atMs":5,"model":"b"}\r\n';
  const read = readTrace(text, MODELS);
  assert.ok(read.ok);
  assert.deepEqual([...read.value.atMs], [0, 5, 5]);
  assert.deepEqual([...read.value.model], [1, 0, 1]);
  assert.deepEqual([...(read.value.withinMs ?? [])], [9, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  assert.deepEqual(traceCounts(read.value, MODELS), [1, 2]);
});

test('nobody asked for deadlines: there are none', () => {
  const read = readTrace('{"atMs":0,"model":"a","deadlineMs":null}', MODELS);
  assert.ok(read.ok && read.value.withinMs === undefined);
});

const WRONG: [text: string, says: RegExp][] = [
  ['{"atMs":0,"model":"a"}\n{"atMs":', /^line 2: it is not JSON$/],
  ['{"atMs":0,"model":"c"}', /^line 1: there is no model "c" here$/],
  ['{"atMs":-1,"model":"a"}', /^line 1: atMs is not negative$/],
  ['{"model":"a"}', /^line 1: atMs is a number of milliseconds$/],
  ['{"atMs":0,"model":"a","deadlineMs":0}', /^line 1: deadlineMs is more than 0$/],
  ['7', /^line 1: a job is/],
  ['\n \n', /^it has no jobs$/],
];
for (const [text, says] of WRONG) {
  test(`${JSON.stringify(text)} is refused with one sentence`, () => {
    const read = readTrace(text, MODELS);
    assert.match(read.ok ? '' : read.error, says);
  });
}

test('a trace that is too long is refused', () => {
  const read = readTrace('{"atMs":0,"model":"a"}\n'.repeat(3), MODELS, 2);
  assert.deepEqual(read, { ok: false, error: 'it has more than 2 jobs' });
});

test('a long file is looked at bit by bit: whatever else is to be done is done meanwhile', async () => {
  let turns = 0;
  const others = setInterval(() => turns++, 0);
  const survey = await surveyTrace('{"atMs":1,"model":"a"}\n'.repeat(100_000), 200_000);
  clearInterval(others);
  assert.ok(survey.ok && survey.value.jobs.atMs.length === 100_000);
  assert.ok(turns > 10, `others had ${turns} turns`);
});
