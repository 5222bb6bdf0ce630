import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVerdict, endsFirst } from './race-verdict.ts';

/** Who is in charge after each round, `ours` first; each round gives `ours`, `theirs` and perhaps `others`. */
function play(...rounds: (readonly [number, number, number?])[]): string[] {
  const verdict = createVerdict('ours');
  let inCharge = 'ours';
  return rounds.map(([ours, theirs, others]) => {
    const values = [
      { policy: 'ours', value: ours },
      { policy: 'theirs', value: theirs },
      ...(others === undefined ? [] : [{ policy: 'others', value: others }]),
    ];
    inCharge = verdict.after(values, inCharge);
    return inCharge;
  });
}

const repeat = <T>(times: number, round: T): T[] => Array.from({ length: times }, () => round);

test('a newcomer needs an unbroken row of better rounds: three that are much better, or more that are a little', () => {
  assert.deepEqual(play(...repeat(3, [100, 80] as const)), ['ours', 'ours', 'theirs']);
  assert.equal(play(...repeat(2, [100, 1] as const)).at(-1), 'ours', 'two rounds are chance, whatever they say');
  assert.equal(play(...repeat(8, [100, 93] as const)).indexOf('theirs'), 6);
  assert.equal(play(...repeat(20, [100, 99] as const)).at(-1), 'ours', 'a hundredth is not worth a change');
});

test('one worse round takes all away that spoke for a newcomer', () => {
  assert.equal(play([100, 80], [100, 80], [100, 101], [100, 80], [100, 80]).at(-1), 'ours');
  assert.equal(play([100, 80], [100, 80], [100, 101], ...repeat(3, [100, 80] as const)).at(-1), 'theirs');
});

test('who was in charge first comes back after one round in which it is clearly better, any other has to wait', () => {
  const taken = repeat(3, [100, 80, 90] as const);
  assert.equal(play(...taken, [80, 90, 100]).at(-1), 'ours');
  assert.equal(play(...taken, [89, 90, 100]).at(-1), 'theirs', 'by a hundredth it does not');
  assert.equal(play(...taken, [100, 90, 50]).at(-1), 'theirs');
});

test('of two that convince, the one that gained more a round takes over', () => {
  assert.equal(play(...repeat(3, [100, 80, 60] as const)).at(-1), 'others');
});

test('who refuses the board is worse than any, and two miss rates of nothing are equal', () => {
  const verdict = createVerdict('ours');
  for (let round = 0; round < 2; round++) verdict.after([{ policy: 'theirs', value: 5 }], 'ours');
  assert.equal(verdict.after([{ policy: 'theirs', value: 5 }], 'ours'), 'theirs');
  assert.equal(play(...repeat(9, [0.0001, 0] as const)).at(-1), 'ours');
});

test('a batch goes to whoever ends it first, at once; who is as good as another stays', () => {
  const ends = (a: number, b: number, inCharge = 'a') =>
    endsFirst(
      [
        { policy: 'a', value: a },
        { policy: 'b', value: b },
      ],
      inCharge,
    );
  assert.equal(ends(100, 99), 'b');
  assert.equal(ends(100, 100), 'a');
  assert.equal(ends(100, 100, 'b'), 'b');
  assert.equal(ends(Number.POSITIVE_INFINITY, 100), 'b');
});
