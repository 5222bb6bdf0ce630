import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Driver, DriverJob, JobId, ModelId, ProcessingUnit, UnitId } from '../hardware/unit.ts';
import { createEngine } from './engine.ts';
import { createPolicy } from './policies/index.ts';
import { createProfiler, type KnownProfile } from './profiler.ts';
import { createVirtualClock } from './virtual-clock.ts';

const MODEL = 'm' as ModelId;
const SERVICE_MS = 10;

interface Scene {
  readonly aheadMs: number;
  /** What an order and an answer take on their way. */
  readonly wayMs: number;
  readonly arrivalsMs: readonly number[];
  /** By job; ten where left out. */
  readonly serviceMs?: Readonly<Record<number, number>>;
  readonly known?: boolean;
  readonly units?: readonly string[];
  /** By how much the engine's timers go off late. */
  readonly lateMs?: number;
}

/** What happened, in order: `0>one` is job 0 handed to the unit `one`, `0<` its answer; with the moment. */
function play({ aheadMs, wayMs, arrivalsMs, serviceMs = {}, known = true, units = ['one'], lateMs = 0 }: Scene) {
  const clock = createVirtualClock();
  const heard: string[] = [];
  const spec = (id: string): ProcessingUnit => ({
    id: id as UnitId,
    precision: 'fp32',
    source: 'simulated',
    modelSlots: 1,
    depth: 1,
    accepts: () => true,
    switchCostMs: () => 0,
  });
  const driver = (id: string): Driver => {
    let freeAtMs = 0;
    return {
      infer({ job }: DriverJob, done) {
        heard.push(`${clock.now()} ${job}>${id}`);
        const ms = serviceMs[job] ?? SERVICE_MS;
        const startMs = Math.max(clock.now() + wayMs, freeAtMs);
        freeAtMs = startMs + ms;
        clock.after(freeAtMs + wayMs - clock.now(), () => {
          heard.push(`${clock.now()} ${job}<`);
          done({ ok: true, value: { startMs, endMs: startMs + ms, serviceMs: ms, loadMs: 0 } });
        });
      },
    };
  };
  const given = { meanMs: SERVICE_MS, p95Ms: SERVICE_MS, loadMs: 0, samples: 1, source: 'given' } as const;
  const profiles: KnownProfile[] = known ? units.map((id) => ({ model: MODEL, unit: id as UnitId, ...given })) : [];
  const specs = units.map(spec);
  const options = { units: specs, models: [MODEL], mix: [1], jobs: [1], latencyMs: () => SERVICE_MS };
  const engine = createEngine({
    clock: { now: clock.now, after: (ms, call) => clock.after(ms <= 0 ? ms : ms + lateMs, call) },
    aheadMs,
    units: specs.map((unit) => ({ unit, driver: driver(unit.id) })),
    models: [MODEL],
    policy: createPolicy('fcfs', { ...options, ranks: new Map() }),
    profiler: createProfiler(profiles, { units: specs.map(({ id }) => id), weight: new Map([[MODEL, 1]]) }),
    callback: { done() {}, failed() {}, lost() {} },
    moreToCome: () => false,
    explained: false,
  });
  for (const [id, atMs] of arrivalsMs.entries())
    clock.after(atMs, () =>
      engine.submit({
        id: id as JobId,
        model: MODEL,
        arrivalMs: atMs,
        input: 0,
        attempt: 1,
        deadlineMs: 1e9,
        priority: 0,
      }),
    );
  return { endMs: clock.run(), heard };
}

test('a unit is handed its next job before the present one should end, and stands still for no order on its way', () => {
  const five = { wayMs: 1, arrivalsMs: [0, 0, 0, 0, 0] };
  assert.equal(play({ ...five, aheadMs: 0 }).endMs, 5 * (SERVICE_MS + 2));
  const { endMs, heard } = play({ ...five, aheadMs: 3 });
  assert.equal(endMs, 5 * SERVICE_MS + 2, 'only the first order and the last answer are waited for');
  assert.deepEqual(
    heard.slice(0, 4),
    ['0 0>one', '7 1>one', '12 0<', '19 2>one'],
    'three before the end, one at a time',
  );
});

test('a job that takes longer than foretold, or of which nothing is known, gets no successor until it has ended', () => {
  const two = { wayMs: 0, aheadMs: 3, arrivalsMs: [0, 9, 9] };
  assert.deepEqual(play({ ...two, serviceMs: { 0: 30 } }).heard.slice(0, 3), ['0 0>one', '30 0<', '30 1>one']);
  const late = { ...two, lateMs: 4, arrivalsMs: [0, 0], serviceMs: { 0: 30 } };
  assert.deepEqual(play(late).heard.slice(0, 3), ['0 0>one', '30 0<', '30 1>one'], 'nor on a late timer');
  assert.deepEqual(play({ ...two, arrivalsMs: [0, 0], known: false }).heard.slice(0, 3), [
    '0 0>one',
    '10 0<',
    '10 1>one',
  ]);
});

test('what comes while a busy unit is about to end goes to an idle one', () => {
  const { heard } = play({ wayMs: 0, aheadMs: 3, arrivalsMs: [0, 8], units: ['one', 'two'] });
  assert.deepEqual(heard.slice(0, 2), ['0 0>one', '8 1>two']);
});

test('what is behind is expected by when it really begins', () => {
  const { heard } = play({ wayMs: 0, aheadMs: 3, arrivalsMs: [0, 0, 0], serviceMs: { 0: 12 } });
  assert.deepEqual(heard, ['0 0>one', '7 1>one', '12 0<', '19 2>one', '22 1<', '32 2<']);
});
