import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { startEngine } from '../application/engine.ts';
import type { EngineEvent, RunPlan } from '../application/messages.ts';
import { decodeTrace, joinTraces, OUTCOMES } from '../application/trace.ts';
import type { UnitSpec } from '../hardware/board.ts';
import type { ModelId, Source, UnitId } from '../hardware/unit.ts';
import { standIn, standInModel } from './stand-in.ts';

// The engine's thread over a unit that computes through a stand-in: what it is taken for, and what it survives.

const library = standIn('rknn_api');
const net = 'net' as ModelId;
const file = join(dirname(library.path), 'net.rknn');

/** Told where its library is by its board, or finding it by the environment. */
const unit = (source: Source): UnitSpec => ({
  ...{ id: 'board.npu' as UnitId, name: 'Rockchip NPU', driver: 'rknn', source, precision: 'int8', modelSlots: null },
  ...{ latencyMs: null, options: { threads: 1, cores: null } },
  ...(source === 'hardware' && { attached: { library: library.path, device: null } }),
});

const plan: RunPlan = {
  ...{
    run: 1,
    policy: 'fcfs',
    units: ['board.npu' as UnitId],
    models: [net],
    jobs: [60],
    arrivals: { kind: 'closed' },
  },
  ...{ seed: 1, switchMs: 0, noiseCv: 0, ranks: 'profiler', pictures: [] },
};

/** Everything the engine said until its run was over. */
async function runOn(source: Source, faults: string): Promise<EngineEvent[]> {
  writeFileSync(file, standInModel({ name: 'net', size: 8, classes: 10, input: 'uint8', layout: 'nhwc' }));
  process.env.SWITCHYARD_STANDIN_LATENCY_US = 'net=2000';
  process.env.SWITCHYARD_STANDIN_FAULTS = faults;
  process.env.SWITCHYARD_RKNN = library.path;
  const engine = startEngine();
  const heard: EngineEvent[] = [];
  try {
    await new Promise<void>((resolve) => {
      engine.on((event) => {
        heard.push(event);
        if (event.type === 'run:ended') resolve();
      });
      const board = { id: 'board', name: 'Board', custom: false, units: [unit(source)], models: [net] };
      engine.send({
        ...{
          type: 'boards',
          boards: [board],
          models: [{ id: net, files: [{ format: 'rknn', precision: 'int8', file }] }],
          profiles: [],
        },
        ...{ switchCosts: [], samples: [], version: '0' },
      });
      engine.send({ type: 'run', plan });
    });
    await new Promise((later) => setTimeout(later, 150)); // units are shown 20 times a second
  } finally {
    await engine.close();
    delete process.env.SWITCHYARD_STANDIN_FAULTS;
    delete process.env.SWITCHYARD_RKNN;
    delete process.env.SWITCHYARD_STANDIN_LATENCY_US;
  }
  return heard;
}

const endOf = (heard: EngineEvent[]) => heard.find((event) => event.type === 'run:ended')!; // it is waited for
const unitsIn = (heard: EngineEvent[]) => heard.flatMap((event) => (event.type === 'unit' ? [event.unit] : []));

test('a stand-in that is said to be hardware is refused at once, and nothing runs on it', {
  skip: library.skip,
}, async () => {
  const heard = await runOn('hardware', '');
  const last = unitsIn(heard).findLast(({ reason }) => reason !== null);
  assert.equal(last?.status, 'quarantined', JSON.stringify(last));
  assert.match(
    last?.reason ?? '',
    /is a stand-in, not the vendor’s library \(stand-in for tests: RKNN .*librknn_api\.so/,
  );
  assert.equal(last?.crashes, 0);
  const { status, reason } = endOf(heard);
  assert.equal(status, 'failed');
  assert.match(`${reason}`, /stand-in, not the vendor’s library/);
  assert.equal(heard.filter(({ type }) => type === 'run:rows').length, 0);
});

test('a crash inside the library costs an attempt, and no job', { skip: library.skip }, async () => {
  const heard = await runOn('simulated', 'crash:rknn_run@40');
  const { status, failed } = endOf(heard);
  assert.deepEqual([status, failed], ['done', 0], JSON.stringify(endOf(heard)));
  const rows = joinTraces(heard.flatMap((event) => (event.type === 'run:rows' ? [decodeTrace(event.data)] : [])));
  const outcomes = Array.from(rows.outcome, (code) => OUTCOMES[code]);
  assert.equal(outcomes.filter((outcome) => outcome === 'done').length, 60);
  assert.ok(outcomes.filter((outcome) => outcome === 'lost').length >= 1, outcomes.join());
  const crashed = unitsIn(heard).find(({ crashes }) => crashes > 0);
  assert.match(`${crashed?.reason}`, /its process was ended by SIGSEGV/);
});
