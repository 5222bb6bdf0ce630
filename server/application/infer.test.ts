import assert from 'node:assert/strict';
import { test } from 'node:test';
import { monotonicMs } from '../hardware/monotonic.ts';
import type { SupervisedUnit } from '../hardware/supervisor.ts';
import type { DriverJob, Inference, ModelId, UnitId } from '../hardware/unit.ts';
import { createProfiler, type KnownProfile } from '../scheduling/profiler.ts';
import { createInferDesk } from './infer.ts';
import type { Shop } from './works.ts';

const net = 'net' as ModelId;

interface Part {
  readonly id: string;
  /** Given milliseconds; null: a real unit. */
  readonly ms?: number | null;
  readonly slots?: number;
  readonly switchMs?: number;
  readonly status?: SupervisedUnit['status'];
  /** As its library tells it. */
  readonly deviceMs?: number;
  /** What it does with a job; left out: it takes 2 ms of computing, and 5 ms to load what it has to. */
  readonly does?: (job: DriverJob, done: (result: { ok: false; error: string }) => void) => void;
}

/** A desk over units that answer at once, and what they were handed. */
function deskOf(parts: readonly Part[], known: readonly KnownProfile[] = [], loaded: Record<string, ModelId[]> = {}) {
  const jobs: (DriverJob & { readonly unit: string })[] = [];
  const units = new Map(parts.map((part) => [part.id as UnitId, unitOf(part, jobs)]));
  const resident = new Map(Object.entries(loaded));
  const failed: string[] = [];
  const desk = createInferDesk(
    {
      units,
      models: () => [{ id: net, files: [{ format: 'onnx', precision: 'fp32', file: 'net.onnx' }] }],
      profiler: createProfiler(known),
      switchCosts: () => [],
      show: () => {},
    } as unknown as Shop,
    {
      residentOf: (unit) => resident.get(unit) ?? [],
      resident: (unit, models) => void resident.set(unit, [...models]),
      done: () => {},
      failed: (unit) => void failed.push(unit),
    },
  );
  const ids = [...units.keys()];
  const serve = () => desk.serve({ ask: 1, model: net, units: ids, picture: null }, monotonicMs());
  return { desk, serve, jobs, resident, failed };
}

function unitOf(
  { id, ms = null, slots, switchMs, status = 'ready', deviceMs, does }: Part,
  jobs: object[],
): SupervisedUnit {
  const answer = (job: DriverJob, done: (result: { ok: true; value: Inference }) => void) => {
    const startMs = monotonicMs() + (job.load ? 5 : 0);
    const inference = {
      startMs,
      endMs: startMs + 2,
      serviceMs: 2,
      loadMs: job.load ? 5 : 0,
      ...(deviceMs && { deviceMs }),
    };
    setTimeout(() => done({ ok: true, value: inference }), job.load ? 9 : 4);
  };
  return {
    ...{ status, reason: status === 'ready' ? null : 'it was unplugged', pid: 1 },
    spec: {
      ...{
        id,
        name: id,
        driver: ms === null ? 'onnx' : 'simulated',
        precision: 'fp32',
        modelSlots: slots ?? null,
        switchMs,
      },
      ...{ source: ms === null ? 'hardware' : 'simulated', latencyMs: ms === null ? null : { net: ms } },
    },
    driver: {
      infer(job: DriverJob, done: never) {
        jobs.push({ ...job, unit: id });
        (does ?? answer)(job, done);
      },
    },
    start() {},
    forget() {},
    prepare: (_: unknown, done: (result: object) => void) => done({ ok: true, value: undefined }),
  } as unknown as SupervisedUnit;
}

const measured = (unit: string, meanMs: number, loadMs: number): KnownProfile => ({
  ...{ unit: unit as UnitId, model: net, meanMs, p95Ms: meanMs, loadMs, samples: 50, source: 'measured' },
});
const near = (ms: number | null | undefined, to: number) => assert.ok(Math.abs((ms ?? 0) - to) < 1, `${ms}, not ${to}`);

test('the unit that should end soonest serves it, and the others say what they promised', async () => {
  const { serve, jobs } = deskOf([
    { id: 'slow', ms: 40 },
    { id: 'quick', ms: 10 },
  ]);
  const served = await serve();
  assert.ok(served.ok, JSON.stringify(served));
  assert.deepEqual([served.value.unit, served.value.reason, jobs.length], ['quick', 'soonest', 1]);
  near(served.value.expected[0]?.ms, 40);
  near(served.value.expected[1]?.ms, 10);
});

test('what it costs to load the model counts: a slower unit that holds it goes first', async () => {
  const parts: Part[] = [
    { id: 'quick', ms: 10, slots: 1, switchMs: 100 },
    { id: 'slow', ms: 40 },
  ];
  const other = 'other' as ModelId;
  const cold = deskOf(parts, [], { quick: [other] });
  const served = await cold.serve();
  assert.ok(served.ok && served.value.unit === 'slow', JSON.stringify(served));
  near(served.value.expected[0]?.ms, 110);
  const warm = await deskOf(parts, [], { quick: [net] }).serve();
  assert.ok(warm.ok && warm.value.unit === 'quick');
  near(warm.value.expected[0]?.ms, 10);
});

test('a real unit’s promise is what was measured, its load time too unless it holds the model', async () => {
  const { serve, resident } = deskOf([{ id: 'cpu' }], [measured('cpu', 20, 120)]);
  const first = await serve();
  assert.ok(first.ok);
  near(first.value.expected[0]?.ms, 140);
  assert.deepEqual([first.value.latency.switchMs, resident.get('cpu')], [5, [net]]);
  const second = await serve();
  assert.ok(second.ok);
  near(second.value.expected[0]?.ms, 20);
  assert.equal(second.value.latency.switchMs, 0);
});

test('the parts of the time make up the whole, the wait for its turn included', async () => {
  const { desk } = deskOf([{ id: 'cpu' }]);
  const served = await desk.serve({ ask: 1, model: net, units: ['cpu' as UnitId], picture: null }, monotonicMs() - 50);
  assert.ok(served.ok);
  const { queueMs, prepareMs, switchMs, computeMs, hopMs, totalMs } = served.value.latency;
  assert.ok(queueMs >= 50 && computeMs === 2 && hopMs > 0, JSON.stringify(served.value.latency));
  assert.ok(Math.abs(queueMs + prepareMs + switchMs + computeMs + hopMs - totalMs) < 1e-6);
  assert.equal(served.value.expected[0]?.ms, null, 'it was never measured');
});

test('what the device itself took stands beside what the host saw of it', async () => {
  const told = await deskOf([{ id: 'npu', deviceMs: 1.5 }]).serve();
  assert.ok(told.ok);
  assert.deepEqual([told.value.latency.computeMs, told.value.latency.deviceMs], [2, 1.5]);
  const untold = await deskOf([{ id: 'coral' }]).serve();
  assert.ok(untold.ok && untold.value.latency.deviceMs === null);
});

test('a unit that is lost with it hands it on; when nobody is left that is said with the reason', async () => {
  const lost = deskOf([
    { id: 'quick', ms: 1, does: () => setTimeout(() => lost.desk.lost('quick' as UnitId, 'it hung'), 2) },
    { id: 'slow', ms: 40 },
  ]);
  const served = await lost.serve();
  assert.ok(served.ok);
  assert.deepEqual([served.value.unit, served.value.attempt], ['slow', 2]);
  const alone = deskOf([
    { id: 'only', ms: 1, does: () => setTimeout(() => alone.desk.lost('only' as UnitId, 'it hung'), 2) },
  ]);
  const left = await alone.serve();
  assert.equal(left.ok ? '' : left.error, 'the unit was lost with it, and no other can run it: it hung');
});

test('a failed inference is a sentence and counts against its unit; units that are away are named', async () => {
  const bad = deskOf([{ id: 'bad', ms: 1, does: (_, done) => done({ ok: false, error: 'no such tensor' }) }]);
  const served = await bad.serve();
  assert.deepEqual([served.ok ? '' : served.error, bad.failed], ['no such tensor', ['bad']]);
  const away = await deskOf([
    { id: 'gone', ms: 1, status: 'absent' },
    { id: 'here', ms: 9 },
  ]).serve();
  assert.ok(away.ok);
  assert.deepEqual(away.value.unready, [{ unit: 'gone', reason: 'it was unplugged' }]);
  const none = await deskOf([{ id: 'gone', ms: 1, status: 'absent' }]).serve();
  assert.equal(none.ok ? '' : none.error, 'gone is absent: it was unplugged');
});
