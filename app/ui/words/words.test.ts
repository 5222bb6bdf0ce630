import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from './en.ts';
import { formatsFor } from './format.ts';
import { ko } from './ko.ts';

type Entry = readonly [path: string, value: unknown];
const entries = (value: object, path = ''): Entry[] =>
  Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null
      ? entries(inner, `${path}${key}.`)
      : [[`${path}${key}`, inner] as Entry],
  );

test('Korean says everything that English says, and nothing else', () => {
  const keys = (language: object) =>
    entries(language)
      .map(([path]) => path)
      .sort();
  assert.deepEqual(keys(ko), keys(en));
});

test('a sentence that takes arguments in English takes them in Korean', () => {
  const kinds = (language: object) =>
    Object.fromEntries(entries(language).map(([path, value]) => [path, typeof value]));
  assert.deepEqual(kinds(ko), kinds(en));
});

test('Korean sentences are Korean, but for names and symbols that both languages share', () => {
  const shared = entries(en).filter(([path, value]) => {
    const korean = entries(ko).find(([other]) => other === path)?.[1];
    return typeof value === 'string' && value === korean;
  });
  assert.deepEqual(
    shared.map(([path]) => path).sort(),
    [
      'board.profile.p50',
      'board.profile.p95',
      'board.profile.p99',
      'board.shipped.tinker',
      'common.none',
      'common.simulated',
      'experiments.n',
      'models.gb',
      'models.kb',
      'models.mb',
      'runs.columns.id',
      'runs.columns.p50Ms',
      'runs.columns.p95Ms',
      'runs.columns.p99Ms',
      'runs.csv',
      'settings.routes',
    ].sort(),
  );
});

test('an interval that is narrower than two digits show is not called nothing', () => {
  const { giveOrTake, giveOrTakeTimes } = formatsFor('en');
  assert.deepEqual([0.001, 0.8, 1490].map(giveOrTake), ['±<0.01 ms', '±0.80 ms', '±1.49 s']);
  assert.deepEqual([0.004, 0.25].map(giveOrTakeTimes), ['±<0.01', '±0.25']);
});

test('durations keep three figures, and what is not known is a dash', () => {
  const { ms, share } = formatsFor('en');
  assert.deepEqual([3.393, 54.086, 582.072, 1201.923, 125_000, null, Number.NaN].map(ms), [
    '3.39 ms',
    '54.1 ms',
    '582 ms',
    '1.20 s',
    '2 min 5 s',
    '–',
    '–',
  ]);
  assert.equal(share(0.914), '91 %');
  assert.deepEqual([-0.001, -0.01].map(ms), ['0.00 ms', '-0.01 ms'], 'nothing has no sign');
});

test('one of something is not said to be several', () => {
  assert.equal(en.experiments.progress('1', '1'), '1 of 1 run');
  assert.equal(en.experiments.progress('0', '40'), '0 of 40 runs');
  assert.equal(en.runs.exportNote('1'), '1 run, as filtered and sorted here');
  assert.equal(en.create.problem.stranded('1'), 'Leaves 1 job that no unit takes.');
});

test('dates keep to the clock and the zone that were asked for', () => {
  const at = '2026-11-28T15:04:00Z';
  const utc = (language: 'en' | 'ko', clock: 'language' | '24' | '12') =>
    formatsFor(language, { timeZone: 'UTC', clock }).date(at).replaceAll('\u202f', ' ');
  assert.equal(utc('en', 'language'), 'Nov 28, 2026, 3:04 PM');
  assert.equal(utc('en', '24'), 'Nov 28, 2026, 15:04');
  assert.match(utc('ko', 'language'), /^2026\. 11\. 28\. \S+ 3:04$/);
  assert.equal(utc('ko', '24'), '2026. 11. 28. 15:04');
  assert.match(formatsFor('en', { timeZone: 'Asia/Seoul', clock: '24' }).date(at), /Nov 29, 2026, 00:04/);
  const days = ['Asia/Seoul', 'UTC'].map((timeZone) => formatsFor('en', { timeZone }).day(Date.parse(at)));
  assert.deepEqual(days, ['Nov 29', 'Nov 28']);
});

test('room on a disk is said in what disks are sold by', () => {
  const { bytes } = formatsFor('en');
  assert.deepEqual([0, 12_345, 12e6, 79.5e9, 271e9, null].map(bytes), [
    '0 kB',
    '12 kB',
    '12 MB',
    '79.5 GB',
    '271 GB',
    '–',
  ]);
});
