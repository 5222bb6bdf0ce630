import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bursts, workloadOf } from './workload.ts';

test('bursts keep the mean rate, come factor times as fast within, and last as long as asked', () => {
  const jobs = 200_000;
  const { atMs, model } = bursts(jobs, [1, 3], { ratePerS: 100, factor: 5, burstMs: 400 }, 7);
  const ratePerS = (jobs * 1000) / atMs[jobs - 1]!; // the last job
  assert.ok(Math.abs(ratePerS / 100 - 1) < 0.05, `${ratePerS}`);
  // Gaps between bursts last 1600 ms on average, arrivals within one come 2 ms apart: 50 ms tell them apart.
  const pauses = atMs.reduce((count, at, job) => count + (job > 0 && at - atMs[job - 1]! > 50 ? 1 : 0), 0); // job > 0
  const meanBurstMs = atMs[jobs - 1]! / 5 / pauses; // a fifth of the time is burst
  assert.ok(Math.abs(meanBurstMs / 400 - 1) < 0.1, `${meanBurstMs}`);
  assert.ok(Math.abs(model.reduce((sum, m) => sum + m, 0) / jobs - 0.75) < 0.01, 'models by their share');
  assert.ok(
    atMs.every((at, job) => job === 0 || at >= atMs[job - 1]!), // job > 0
    'in order of arrival',
  );
});

test('bursts of factor 1 have no gaps: they are the Poisson stream of the same seed', () => {
  const shape = { ratePerS: 50, factor: 1, burstMs: 100 };
  const steady = workloadOf({ kind: 'poisson', ratePerS: 50 }, [10, 10], [1, 1], 3);
  assert.deepEqual(workloadOf({ kind: 'bursts', ...shape }, [10, 10], [1, 1], 3), steady);
});

test('a batch is declared under both of its names; nothing else is', () => {
  const declared = (kind: 'closed' | 'offline' | 'single-stream' | 'multi-stream') =>
    workloadOf({ kind }, [2, 2], [1, 1], 1).declared;
  assert.deepEqual((['closed', 'offline', 'single-stream', 'multi-stream'] as const).map(declared), [
    true,
    true,
    false,
    false,
  ]);
  const jobs = { atMs: Float64Array.of(0, 0), model: Uint8Array.of(0, 1) };
  assert.equal(workloadOf({ kind: 'trace', jobs }, [1, 1], [1, 1], 1).declared, false, 'even if all come at once');
});

test('deadlines and priorities are those of the models; a recorded job’s own deadline goes before', () => {
  const jobs = {
    atMs: Float64Array.of(0, 1, 2),
    model: Uint8Array.of(0, 1, 0),
    withinMs: Float64Array.of(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 5),
  };
  const wishes = { withinMs: [30, Number.POSITIVE_INFINITY], priority: [0, 9] };
  const { withinMs, priority } = workloadOf({ kind: 'trace', jobs }, [2, 1], [2, 1], 1, wishes);
  assert.deepEqual([...(withinMs ?? [])], [30, Number.POSITIVE_INFINITY, 5]);
  assert.deepEqual([...(priority ?? [])], [0, 9, 0]);
});
