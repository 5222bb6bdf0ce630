import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { liveClock } from '../../server/application/live-clock.ts';
import { startRun } from '../../server/application/run.ts';
import { closed } from '../../server/application/workload.ts';
import type { UnitSpec } from '../../server/hardware/board.ts';
import type { BreakerLimits } from '../../server/hardware/breaker.ts';
import { monotonicMs } from '../../server/hardware/monotonic.ts';
import { builtProgram } from '../../server/hardware/program.ts';
import { type SupervisedUnit, superviseUnit } from '../../server/hardware/supervisor.ts';
import type { ModelId, UnitId } from '../../server/hardware/unit.ts';
import { createPolicy } from '../../server/scheduling/policies/index.ts';
import { createProfiler } from '../../server/scheduling/profiler.ts';
import { standIn, standInModel } from '../../server/test/stand-in.ts';
import { Unusable } from '../unusable.ts';

// Units that compute through the NPU's stand-in, under the real supervisor, fed by the real scheduler.

/** MobileNetV2's shape, with the poster's time for the quickest inference there is. */
export const SIDE = 224;
export const CLASSES = 1000;
export const JOB_US = 3400;
const NET = 'net' as ModelId;

export interface RigUnit {
  readonly name: string;
  /** What befalls its first process, or each of them; as stand-in.h has it. */
  readonly faults?: string;
  readonly always?: boolean;
  readonly breaker?: BreakerLimits;
}

export interface RigEvent {
  readonly type: 'dispatched' | 'done' | 'lost' | 'returned';
  readonly unit: string;
  readonly atMs: number;
}

export interface RigResult {
  readonly done: number;
  readonly failed: number;
  readonly events: readonly RigEvent[];
}

export function npuStandIn(): { readonly library: string; readonly model: string } {
  const { path, skip } = standIn('rknn_api');
  if (skip) throw new Unusable(skip);
  const model = join(dirname(path), 'net.rknn');
  writeFileSync(model, standInModel({ name: NET, size: SIDE, classes: CLASSES, input: 'uint8', layout: 'nhwc' }));
  return { library: path, model };
}

/** Runs so many jobs on the units, whatever befalls them, and says what happened when. */
export async function runOnStandIns(units: readonly RigUnit[], jobs: number, deadlineMs: number): Promise<RigResult> {
  const { library, model } = npuStandIn();
  const events: RigEvent[] = [];
  const note = (type: RigEvent['type'], unit: string) => void events.push({ type, unit, atMs: monotonicMs() });
  process.env.SWITCHYARD_STANDIN_LATENCY_US = `${NET}=${JOB_US}`;
  let run: ReturnType<typeof startRun> | null = null;
  const supervised: SupervisedUnit[] = [];
  for (const { name, faults = '', breaker } of units) {
    process.env.SWITCHYARD_STANDIN_FAULTS = faults; // read when a process starts
    const unit = superviseUnit({
      spec: specOf(name, library),
      program: builtProgram('unit-rknn'),
      models: () => [{ id: NET, file: model }],
      deadlineMs: () => deadlineMs,
      ...(breaker && { breaker }),
      events: {
        changed() {},
        lost(reason) {
          note('lost', name);
          run?.engine.lost(name as UnitId, reason);
        },
        returned() {
          note('returned', name);
          run?.engine.returned(name as UnitId, [NET]);
        },
      },
    });
    supervised.push(unit);
    await prepared(unit);
  }
  if (!units.some(({ always }) => always)) process.env.SWITCHYARD_STANDIN_FAULTS = '';
  const result = await new Promise<RigResult>((resolve) => {
    const options = policyOptions(supervised, jobs);
    run = startRun({
      ...{ clock: liveClock, models: [NET], workload: closed([jobs]), profiler: profilerOf(supervised), inputs: 1 },
      policy: createPolicy('fcfs', options),
      units: supervised.map((unit, u) => ({
        unit: options.units[u]!, // made of them
        resident: [NET],
        driver: {
          infer(job, done) {
            note('dispatched', unit.spec.id);
            unit.driver.infer(job, done);
          },
        },
      })),
      mayReturn: () => true,
      heard: { done: (job) => note('done', job.unit) },
      ended: () => resolve({ done: run!.done, failed: run!.failed, events }), // it runs
    });
  });
  for (const unit of supervised) unit.stop();
  return result;
}

export const specOf = (name: string, library: string): UnitSpec => ({
  ...{ id: name as UnitId, name, driver: 'rknn', source: 'simulated', precision: 'int8', modelSlots: null },
  ...{ latencyMs: null, options: { threads: 1, cores: null }, attached: { library, device: null } },
});

/** Started, its model loaded. */
export async function prepared(unit: SupervisedUnit): Promise<void> {
  unit.start();
  while (unit.status !== 'ready') {
    if (unit.status === 'quarantined') throw new Error(unit.reason ?? 'quarantined');
    await new Promise((later) => setTimeout(later, 5));
  }
  const plain = { run: 1, seed: 1, noiseCv: 0, switchMs: 0, pictures: [], preload: [NET] };
  await new Promise<void>((resolve, reject) =>
    unit.prepare(plain, (result) => (result.ok ? resolve() : reject(new Error(result.error)))),
  );
}

function policyOptions(units: readonly SupervisedUnit[], jobs: number) {
  const processing = units.map(({ spec: { id, precision, source } }) => ({
    ...{ id, precision, source, modelSlots: 1, depth: 1 },
    accepts: () => true,
    switchCostMs: () => 0,
  }));
  return { units: processing, models: [NET], mix: [1], jobs: [jobs], latencyMs: () => JOB_US / 1000, ranks: new Map() };
}

const profilerOf = (units: readonly SupervisedUnit[]) =>
  createProfiler(
    units.map(({ spec: { id: unit } }) => ({
      ...{ unit, model: NET, meanMs: JOB_US / 1000, p95Ms: JOB_US / 1000, loadMs: 0, samples: 1, source: 'given' },
    })),
  );
