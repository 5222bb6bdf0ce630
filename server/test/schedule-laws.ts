import assert from 'node:assert/strict';
import { measuringOf } from '../application/arrivals.ts';
import { bare, type PlatformUnit } from '../application/platform.ts';
import { realisedBound } from '../application/realised-bound.ts';
import { type Simulated, simulate } from '../application/simulate.ts';
import { copyRows, emptyColumns, OUTCOMES, type TraceColumns } from '../application/trace.ts';
import { slowness } from '../hardware/simulated/drift.ts';
import { absences } from '../hardware/simulated/outage.ts';
import { switchCostMs } from '../hardware/switch-cost.ts';
import { capacity } from '../scheduling/capacity.ts';
import { MAX_ATTEMPTS } from '../scheduling/engine.ts';
import type { Scene } from './schedule-scenes.ts';

// What holds for every policy on every day, judged from the trace by a model of units that knows nothing of the engine.

const EPS = 1e-6;

/** Throws what was broken. 'refused': the policy cannot serve this platform, and says so. */
export function checkLaws(scene: Scene, policy: string): 'kept' | 'refused' {
  let run: Simulated;
  try {
    run = simulate({ ...scene, policy });
  } catch (error) {
    assert.match(String(error), /no unit|no mapping/); // a sentence, where pins or holes leave a model to nobody
    return 'refused';
  }
  checkAnswers(run, scene);
  scene.platform.forEach((unit, u) => void checkUnit(run.trace, scene, unit, u));
  checkBounds(run, scene);
  if (isWhole(scene) && !keepsUnitsFree(scene, policy)) checkNoStandstill(run.trace, scene);
  return 'kept';
}

/** Every model has a unit that serves it all day: none is away, and no pin leaves a model to nobody. */
const isWhole = ({ conditions, outages = [] }: Scene): boolean =>
  conditions.switchMs !== 'forbidden' && outages.length === 0;

/** Late jobs are kept from units that are expected to be wanted soon. */
const keepsUnitsFree = ({ deadlineMs }: Scene, policy: string): boolean =>
  deadlineMs !== undefined && ['deadline', 'race'].includes(policy);

const rowsOf = ({ rows }: TraceColumns): number[] => [...Array(rows).keys()];
const outcomeOf = (trace: TraceColumns, row: number) => OUTCOMES[trace.outcome[row]!]; // row < rows

/** Each job once; one more attempt for each unit lost under it, three at most; nothing fails while all units are there. */
function checkAnswers({ trace, failed }: Simulated, { counts, conditions, outages = [] }: Scene): void {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const answered = rowsOf(trace).filter((row) => outcomeOf(trace, row) !== 'lost');
  assert.equal(new Set(answered.map((row) => trace.job[row])).size, total, 'each job is answered');
  assert.equal(answered.length, total, 'and once');
  const attempts = new Map<number, number>();
  for (const row of rowsOf(trace)) {
    const job = trace.job[row]!; // row < rows
    const before = attempts.get(job) ?? 0;
    // What waits again and is then given up fails without another attempt of its own.
    const givenUp = outcomeOf(trace, row) === 'failed';
    assert.ok(trace.attempt[row] === before + 1 || (givenUp && trace.attempt[row] === before), 'attempts are counted');
    attempts.set(job, trace.attempt[row]!); // row < rows
  }
  assert.ok(Math.max(...attempts.values()) <= MAX_ATTEMPTS, 'three attempts at most');
  if (outages.length > 0) return;
  assert.equal(trace.rows, total, 'nothing is lost by itself');
  if (conditions.switchMs !== 'forbidden') assert.equal(failed, 0, 'nothing fails by itself'); // a pin may leave a model to nobody
}

/** Replays one unit: no overlap, the table's own times, models within the slots, switches paid where one was replaced. */
function checkUnit(trace: TraceColumns, scene: Scene, unit: PlatformUnit, u: number): void {
  const { models, conditions, noiseCv, drifts = [], outages = [] } = scene;
  const rows = rowsOf(trace)
    .filter((row) => trace.unit[row] === u && outcomeOf(trace, row) === 'done')
    .sort((a, b) => trace.startMs[a]! - trace.startMs[b]!); // rows index columns
  const slots = unit.modelSlots ?? models.length;
  const slow = slowness(drifts, unit.id);
  const away = absences(outages, unit.id);
  let freeMs = 0;
  let resident: number[] = [];
  for (const row of rows) {
    const model = trace.model[row]!; // as above
    const [start, end, load] = [trace.startMs[row]!, trace.endMs[row]!, trace.loadMs[row]!]; // as above
    const [arrival, dispatch] = [trace.arrivalMs[row]!, trace.dispatchMs[row]!]; // as above
    assert.ok(start - load >= freeMs - EPS, 'a unit does one thing at a time');
    assert.ok(dispatch >= arrival - EPS && start - load >= dispatch - EPS, 'nothing starts before it was asked for');
    const tableMs = unit.latencyMs[`m${model}`] ?? Number.NaN;
    assert.ok(tableMs > 0, 'a unit does what it can');
    const near = [start - EPS, start, start + EPS].map((at) => tableMs * slow(at)); // the start is found from the end
    if (noiseCv === 0)
      assert.ok(
        near.some((ms) => Math.abs(end - start - ms) < EPS),
        'it takes its time',
      );
    const gap = away.find(({ fromMs, toMs }) => fromMs < end - EPS && toMs > start - load + EPS);
    assert.equal(gap, undefined, 'nothing is done by a unit that is away');
    if (away.some(({ fromMs }) => fromMs > freeMs - EPS && fromMs <= dispatch + EPS)) resident = [];
    const evicts = !resident.includes(model) && resident.length >= slots;
    if (away.length === 0) {
      assert.equal(trace.switched[row], evicts ? 1 : 0, 'a switch is what replaces a model');
      assert.ok(Math.abs(load - (evicts ? costOf(conditions.switchMs, unit) : 0)) < EPS, 'and costs what it costs');
    }
    resident = [...resident.filter((m) => m !== model), model].slice(-slots);
    freeMs = end;
  }
  if (conditions.switchMs === 'forbidden' && slots < models.length)
    assert.ok(new Set(rows.map((row) => trace.model[row])).size <= 1, 'a pinned unit serves one model');
}

/** The scenes' tables know one cost for all pairs. */
const costOf = (asked: number | 'forbidden' | 'table', unit: PlatformUnit): number =>
  switchCostMs(typeof asked === 'number' ? asked : unit.switchMs, '', '');

/** By the times that were really taken always; by the table where units keep to it. */
function checkBounds({ trace, figures }: Simulated, scene: Scene): void {
  if (!figures) return;
  const { platform, models, counts, arrivals, noiseCv, drifts = [] } = scene;
  const { firstMeasuredJob } = measuringOf(
    arrivals,
    counts.reduce((sum, n) => sum + n, 0),
  );
  const measured = kept(trace, (row) => trace.job[row]! >= firstMeasuredJob); // row < rows
  const realised = realisedBound(measured, platform, models, () => false);
  assert.ok(figures.throughput <= realised * (1 + 1e-9), `${figures.throughput} is more than ${realised}`);
  if (noiseCv > 0 || drifts.some(({ factor }) => factor < 1)) return;
  const done = models.map(
    (_, m) => rowsOf(measured).filter((row) => measured.model[row] === m && outcomeOf(measured, row) === 'done').length,
  );
  const bound = capacity(bare(platform, models), done);
  assert.ok(figures.throughput <= bound * (1 + 1e-9), `${figures.throughput} is more than ${bound}`);
}

function kept(trace: TraceColumns, holds: (row: number) => boolean): TraceColumns {
  const rows = rowsOf(trace).filter(holds);
  const columns = emptyColumns(rows.length, 0);
  for (const [at, row] of rows.entries()) copyRows(columns, at, trace, row, row + 1);
  return columns;
}

/**
 * While something waits, something works: no policy may prefer to wait for nothing. So whatever its order is, a job ends
 * within the worst times of all that is asked for until then.
 */
function checkNoStandstill(trace: TraceColumns, { models }: Scene): void {
  if (models.length === 0) return;
  const waits = merged(rowsOf(trace).map((row) => [trace.arrivalMs[row]!, trace.dispatchMs[row]!])); // row < rows
  const works = merged(rowsOf(trace).map((row) => [trace.dispatchMs[row]!, trace.endMs[row]!])); // as above
  for (const [from, to] of waits) {
    let free = from;
    for (const [start, end] of works) if (start <= free + EPS) free = Math.max(free, end);
    assert.ok(free >= to - EPS, `something waits from ${free} on, and nothing works`);
  }
}

type Span = readonly [fromMs: number, toMs: number];

function merged(spans: readonly Span[]): Span[] {
  const result: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1] + EPS) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
