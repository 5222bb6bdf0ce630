import type { UnitId } from '../hardware/unit.ts';
import { latencyFigures, quantile } from './measures.ts';
import type { RunLive, RunQuality } from './messages.ts';
import type { Run } from './run.ts';
import type { Settling } from './settle.ts';
import type { TraceColumns } from './trace.ts';

/** Windowed figures cover so much. */
const WINDOW_MS = 1000;

/** A moment of a run, from the rows it recorded lately. `runningSince`: when each busy unit was handed its job. */
export function momentOf(
  run: Run,
  id: number,
  phase: RunLive['phase'],
  units: readonly UnitId[],
  models: readonly string[],
  nowMs: number,
  runningSince: ReadonlyMap<UnitId, number>,
): RunLive {
  const elapsedMs = nowMs - run.originMs;
  const fromMs = Math.max(0, elapsedMs - WINDOW_MS);
  const widthMs = Math.max(1, elapsedMs - fromMs);
  const trace = run.recorder.since(Math.max(0, run.recorder.rows - 20_000));
  const recent = rowsEndedSince(trace, fromMs);
  const busyMs = units.map((_, u) =>
    recent.reduce((sum, row) => (trace.unit[row] === u ? sum + overlap(trace, row, fromMs) : sum), 0),
  );
  units.forEach((unit, u) => {
    const since = runningSince.get(unit);
    if (since !== undefined) busyMs[u]! += elapsedMs - Math.max(fromMs, since - run.originMs); // one per unit
  });
  return {
    run: id,
    phase,
    elapsedMs,
    total: run.total,
    arrived: run.arrived,
    done: run.done,
    failed: run.failed,
    waiting: Object.fromEntries(models.map((model) => [model, run.engine.waitingOf(model as never)])),
    throughput: (recent.length * 1000) / widthMs,
    latency:
      recent.length === 0
        ? null
        : latencyFigures(Float64Array.from(recent, (row) => trace.endMs[row]! - trace.arrivalMs[row]!)), // rows index columns
    utilisation: Object.fromEntries(units.map((unit, u) => [unit, Math.min(1, busyMs[u]! / widthMs)])), // one per unit
  };
}

/** Before its first job. */
export const momentBefore = (id: number, total: number, settling: Settling): RunLive => ({
  ...{ run: id, phase: 'preparing', elapsedMs: 0, total, arrived: 0, done: 0, failed: 0, waiting: {}, throughput: 0 },
  ...{ latency: null, utilisation: {}, settling },
});

function rowsEndedSince(trace: TraceColumns, fromMs: number): number[] {
  const rows: number[] = [];
  for (let row = trace.rows - 1; row >= 0 && trace.endMs[row]! >= fromMs; row--)
    if (trace.outcome[row] === 0) rows.push(row); // row is inside
  return rows;
}

const overlap = (trace: TraceColumns, row: number, fromMs: number): number =>
  trace.endMs[row]! - Math.max(fromMs, trace.startMs[row]!); // row is inside

/** How long units stood still between two jobs although the second one was waiting: what the machinery itself costs. */
export function qualityOf(run: Run): RunQuality {
  const trace = run.recorder.since(0);
  const hops = hopsUs(trace).sort();
  const { asked, spentUs } = run.engine.scheduler;
  return {
    hopP50Us: hops.length === 0 ? 0 : quantile(hops, 0.5),
    hopP99Us: hops.length === 0 ? 0 : quantile(hops, 0.99),
    decisions: asked,
    decisionMeanUs: asked === 0 ? 0 : spentUs / asked,
  };
}

function hopsUs(trace: TraceColumns): Float64Array {
  const lastEndMs = new Map<number, number>();
  const found: number[] = [];
  for (let row = 0; row < trace.rows; row++) {
    if (trace.outcome[row] !== 0) continue;
    const unit = trace.unit[row]!; // row < rows
    const endedMs = lastEndMs.get(unit);
    const gapMs = trace.startMs[row]! - trace.loadMs[row]! - (endedMs ?? 0); // as above
    if (endedMs !== undefined && trace.arrivalMs[row]! <= endedMs && trace.dispatchMs[row]! - endedMs < MACHINERY_MS)
      found.push(gapMs * 1000); // as above
    lastEndMs.set(unit, trace.endMs[row]!); // as above
  }
  return Float64Array.from(found);
}

/** A job handed out later than this after its unit fell idle was held back by the policy, not by the machinery. */
const MACHINERY_MS = 20;
