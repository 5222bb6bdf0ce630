import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Driver, JobId, ModelId, UnitId } from '../hardware/unit.ts';
import type { RunningJob } from './job.ts';
import { createProfiler } from './profiler.ts';
import { Seat } from './seat.ts';
import { createVirtualClock } from './virtual-clock.ts';

test('a unit whose job ended sooner than foretold is free at once, however often that happens', () => {
  const clock = createVirtualClock();
  const [model, id] = ['m' as ModelId, 'u' as UnitId];
  const unit = {
    id,
    modelSlots: 1,
    depth: 1,
    precision: 'fp32',
    source: 'simulated',
    accepts: () => true,
    switchCostMs: () => 0,
  } as const;
  const quick: Driver = {
    infer: (_, done) =>
      clock.after(10, () => done({ ok: true, value: { startMs: 0, endMs: 10, serviceMs: 10, loadMs: 0 } })),
  };
  const known = { model, unit: id, meanMs: 100, p95Ms: 100, loadMs: 0, samples: 1, source: 'given' } as const;
  const seat = new Seat({ unit, driver: quick }, clock, createProfiler([known]), () => {});
  for (let job = 0; job < 3; job++) {
    const nowMs = clock.now();
    seat.start({
      ...{ id: job as JobId, model, arrivalMs: 0, input: 0, attempt: 1, deadlineMs: 1e9, priority: 0 },
      ...{ unit: id, dispatchMs: nowMs, why: null },
    } satisfies RunningJob);
    assert.equal(seat.freeAtMs, nowMs + 100);
    clock.run();
    assert.equal(seat.freeAtMs, clock.now());
  }
});
