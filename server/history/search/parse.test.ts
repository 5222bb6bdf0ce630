import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FIELDS } from './fields.ts';
import { parseSearch, type Term } from './parse.ts';
import { problemSentence } from './problem.ts';

/** The terms without their places. */
function read(text: string) {
  const parsed = parseSearch(text);
  assert.ok(parsed.ok, parsed.ok ? '' : problemSentence(parsed.error));
  return parsed.value.map(({ from: _from, to: _to, ...term }) => term);
}
const refused = (text: string): string => {
  const parsed = parseSearch(text);
  assert.ok(!parsed.ok, `expected a refusal of ${text}`);
  return problemSentence(parsed.error);
};
const range = (text: string) => {
  const [term] = read(text);
  assert.equal(term?.kind, 'number');
  const { above, below, withAbove, withBelow } = (term as Extract<Term, { kind: 'number' }>).range;
  return [above, withAbove, below, withBelow];
};

test('words, filters, minus, quotes and lists are told apart', () => {
  assert.deepEqual(read('poster  policy:SJF,fcfs -tag:paper "night sweep" -"x y" name:"a \\"b\\""'), [
    { kind: 'text', text: 'poster', not: false },
    { kind: 'word', field: 'policy', values: ['sjf', 'fcfs'], not: false },
    { kind: 'word', field: 'tag', values: ['paper'], not: true },
    { kind: 'text', text: 'night sweep', not: false },
    { kind: 'text', text: 'x y', not: true },
    { kind: 'word', field: 'name', values: ['a "b"'], not: false },
  ]);
  assert.deepEqual(read('   '), []);
});

test('a comma, a colon or a minus inside a word is part of it when it is plain text', () => {
  assert.deepEqual(
    read('a,b "policy:sjf" x-y').map((term) => term.kind === 'text' && term.text),
    ['a,b', 'policy:sjf', 'x-y'],
  );
});

test('numbers have bounds, in the unit that the board keeps', () => {
  assert.deepEqual(range('rate>30'), [30, false, null, false]);
  assert.deepEqual(range('rate:>=30'), [30, true, null, false]);
  assert.deepEqual(range('p99<1.5s'), [null, false, 1500, false]);
  assert.deepEqual(range('util<=80%'), [null, false, 0.8, true]);
  assert.deepEqual(range('id:3..9'), [3, true, 9, true]);
  assert.deepEqual(range('makespan:..2min'), [null, true, 120_000, true]);
  assert.deepEqual(range('experiment:12'), [12, true, 12, true]);
  const [above, , below] = range('rate:61.2') as number[];
  assert.ok(
    above! < 61.16 && above! > 61.14 && below! > 61.24 && below! < 61.26,
    'what is shown as 61.2 is found by 61.2',
  );
});

test('a date is a day, a month, a year, a time or an age', () => {
  for (const date of ['2026', '2026-11', '2026-11-01', '2026-11-01T18:30', 'today', 'yesterday', '7d', '12h', '2w'])
    assert.deepEqual(read(`after:${date}`), [{ kind: 'time', field: 'after', date: date.toLowerCase(), not: false }]);
});

test('each mistake is one sentence that says what would be right', () => {
  for (const [text, sentence] of [
    ['polcy:sjf', /no filter "polcy"; there are policy, model, .* in quotes/],
    ['policy:', /"policy:" needs a value right after it, as in policy:sjf/],
    ['policy: sjf', /needs a value right after it/],
    ['name:"night', /the quote that begins at "night has no end/],
    ['- paper', /a minus leaves out what follows it/],
    ['status:finished', /status is one of queued, running, done, .* not "finished"/],
    ['rate:fast', /rate is compared with a number, as in rate>30/],
    ['p99<80%', /p99 is compared with a number/],
    ['repeat:1.5', /repeat is a whole number/],
    ['policy>sjf', /policy takes a colon and a word/],
    ['after:2026-02-31', /after takes a day such as 2026-11-01/],
    ['before:soon', /before takes a day/],
    ['x '.repeat(31), /30 parts at most/],
    ['x'.repeat(501), /500 characters/],
  ] as const)
    assert.match(refused(text), sentence, text);
});

test('the place of a mistake is the part that is wrong', () => {
  const parsed = parseSearch('policy:sjf polcy:x done');
  assert.ok(!parsed.ok);
  assert.deepEqual([parsed.error.from, parsed.error.to], [11, 18]);
});

test('whatever is typed is understood or refused in a sentence, and places lie in the text in order', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...FIELDS,
      ':',
      '>',
      '<=',
      '..',
      '"',
      '\\',
      '-',
      ',',
      '*',
      ' ',
      '%',
      '2026-11-01',
      '7d',
      '30',
      '한글',
      '\t',
    ),
    fc.string({ maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const text = pieces.join('');
      const parsed = parseSearch(text);
      if (!parsed.ok) {
        assert.ok(problemSentence(parsed.error).length > 10);
        assert.ok(parsed.error.from <= parsed.error.to && parsed.error.to <= text.length);
        return;
      }
      let last = 0;
      for (const { from, to } of parsed.value) {
        assert.ok(from >= last && to > from && to <= text.length);
        last = to;
      }
    }),
    { numRuns: 2000 },
  );
});

test('a part that is taken out by its place leaves the others as they were', () => {
  const parts = fc.constantFrom(
    'poster',
    'policy:sjf',
    '-tag:paper',
    '"night sweep"',
    'rate>30',
    'name:"a b",c',
    'after:7d',
  );
  fc.assert(
    fc.property(fc.array(parts, { minLength: 1, maxLength: 8 }), fc.nat(), (texts, which) => {
      const text = texts.join(' ');
      const whole = parseSearch(text);
      assert.ok(whole.ok);
      const { from, to } = whole.value[which % texts.length]!; // as many terms as texts
      const without = texts.filter((_, i) => i !== which % texts.length);
      assert.deepEqual(read(text.slice(0, from) + text.slice(to)), read(without.join(' ')));
    }),
  );
});
