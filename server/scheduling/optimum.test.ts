import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import createHighs from 'highs';
import { optimumOf, phaseBoundOf } from '../application/limits.ts';
import { simulate } from '../application/simulate.ts';
import { posterSimulation } from '../test/drawing.ts';
import { integerRouting } from './integer-routing.ts';
import { apportion } from './interleave.ts';

const MIXES = [
  [1, 1, 1],
  [8, 1, 1],
  [1, 8, 1],
  [1, 1, 8],
];

test('the exact optimum of the poster’s batches: 307.275, 2989.866 and 29786.14 ms for 10, 100 and 1000 of each', () => {
  const at = (of: number) => optimumOf(posterSimulation('fcfs', of))?.makespanMs.toFixed(3);
  assert.deepEqual([10, 100, 1000].map(at), ['307.275', '2989.866', '29786.141']);
});

test('fluid reaches the exact optimum of every mix, size and switch cost', () => {
  for (const switchMs of [0, 500, 'forbidden'] as const)
    for (const mix of MIXES)
      for (const jobs of [30, 300, 3000]) {
        const asked = posterSimulation('fluid', 0, {
          counts: apportion(jobs, mix),
          mix,
          conditions: { switchMs, depth: 1 },
        });
        const optimum = optimumOf(asked)?.makespanMs ?? Number.NaN;
        const reached = simulate(asked).figures?.makespanMs ?? Number.NaN;
        assert.ok(
          reached <= optimum * 1.001 && reached >= optimum * (1 - 1e-9),
          `${mix} × ${jobs} at ${switchMs}: ${reached} for ${optimum}`,
        );
      }
});

const highs = await createHighs();
test('whole jobs are split as HiGHS splits them', () => {
  const problem = fc
    .record({ units: fc.integer({ min: 1, max: 4 }), models: fc.integer({ min: 1, max: 3 }) })
    .chain(({ units, models }) =>
      fc.record({
        ms: fc.array(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: units, maxLength: units }), {
          minLength: models,
          maxLength: models,
        }),
        jobs: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: models, maxLength: models }),
        start: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: units, maxLength: units }),
      }),
    );
  fc.assert(
    fc.property(problem, ({ ms, jobs, start }) => {
      const own = integerRouting(ms, jobs, start, { nodes: 50_000 });
      assert.ok(own?.proved);
      const name = (m: number, u: number) => `x${m}_${u}`;
      const rows = [
        ...ms.map((row, m) => ` m${m}: ${row.map((_, u) => name(m, u)).join(' + ')} = ${jobs[m]}`),
        ...start.map((at, u) => ` u${u}: T ${ms.map((row, m) => `- ${row[u]} ${name(m, u)}`).join(' ')} >= ${at}`),
      ];
      const general = ms.flatMap((row, m) => row.map((_, u) => name(m, u)));
      const judged = highs.solve(
        `Minimize\n obj: T\nSubject To\n${rows.join('\n')}\nGeneral\n ${general.join(' ')}\nEnd`,
        { mip_rel_gap: 0 },
      );
      assert.ok(
        Math.abs(own.makespanMs - judged.ObjectiveValue) < 1e-4,
        `${own.makespanMs} for ${judged.ObjectiveValue}`,
      );
    }),
    { numRuns: 60, seed: 20261126 },
  );
});

test('with a unit at half its pace for a while the bound is between that of never and that of always', () => {
  const batch = posterSimulation('fluid', 1000);
  const bound = (fromMs: number, toMs: number | null) =>
    phaseBoundOf({ ...batch, drifts: [{ unit: 'npu', fromMs, toMs, factor: 2 }] })?.makespanMs ?? Number.NaN;
  assert.ok(Math.abs(bound(1e9, null) - 29686.1) < 1);
  assert.ok(bound(5000, 15_000) > bound(1e9, null) && bound(5000, 15_000) < bound(0, null));
  assert.equal(phaseBoundOf(batch), null);
});

test('the bound of five phases is the one that HiGHS finds: 103 458.954 ms', () => {
  const drifts = [
    { unit: 'npu', fromMs: 20_000, toMs: 60_000, factor: 2 },
    { unit: 'coral', fromMs: 40_000, toMs: 80_000, factor: 1.5 },
  ];
  const bound = phaseBoundOf({ ...posterSimulation('fluid', 3000), drifts })?.makespanMs ?? Number.NaN;
  assert.ok(Math.abs(bound - 103_458.954) < 0.01, `${bound}`);
});
