import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { selectRank } from './select.ts';

test('the value of a rank is the one that sorting puts there, whatever the values, rank after rank', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true, min: 0, max: 1e6 })), {
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(
    fc.property(values, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (list, picks) => {
      const ascending = Float64Array.from(list).sort();
      const working = Float64Array.from(list);
      let from = 0;
      for (const rank of picks.map((pick) => pick % list.length).sort((a, b) => a - b)) {
        assert.equal(selectRank(working, rank, from), ascending[rank]);
        from = rank;
      }
    }),
    { numRuns: 2000, seed: 4 },
  );
});
