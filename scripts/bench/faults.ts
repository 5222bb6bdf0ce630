import { readFile } from 'node:fs/promises';
import { BREAKER_LIMITS } from '../../server/hardware/breaker.ts';
import { formsOf } from '../../server/hardware/computing/forms.ts';
import { monotonicMs } from '../../server/hardware/monotonic.ts';
import { builtProgram } from '../../server/hardware/program.ts';
import { openRknn } from '../../server/hardware/rknn/library.ts';
import { openRknnSession } from '../../server/hardware/rknn/session.ts';
import { superviseUnit } from '../../server/hardware/supervisor.ts';
import type { Inference, JobId, ModelId } from '../../server/hardware/unit.ts';
import { quantile } from '../../server/scheduling/quantile.ts';
import { bareLoopInC } from '../../server/test/stand-in.ts';
import { CLASSES, JOB_US, npuStandIn, prepared, type RigEvent, runOnStandIns, SIDE, specOf } from './stand-in-rig.ts';

const CRASHES = 50;
/** Each process answers so many jobs, and falls in the middle of the next. */
const JOBS_BETWEEN = 38;
const HANG_DEADLINE_MS = 2000;

/**
 * What the supervision of a vendor's library costs and saves, with a stand-in for the NPU's that crashes, hangs, or does nothing
 * else: 50 segmentation faults under load, a hang beside a unit that works, and what one call costs beyond a loop in C.
 */
export async function benchFaults({ rounds }: { rounds: number }) {
  const hangs = [];
  for (let round = 0; round < rounds; round++) hangs.push(await hang());
  return { overhead: await overhead(rounds), crashes: await crashes(), hangs };
}

/** The pause after a loss stays the first one: how it grows, and when it ends, is for units that nobody breaks on purpose. */
async function crashes() {
  const breaker = { ...BREAKER_LIMITS, crashes: Number.POSITIVE_INFINITY, longestDelayMs: BREAKER_LIMITS.firstDelayMs };
  const faults = `crash:rknn_run@${JOBS_BETWEEN + 2}`; // one to warm up
  const jobs = CRASHES * JOBS_BETWEEN + JOBS_BETWEEN / 2;
  const { done, failed, events } = await runOnStandIns([{ name: 'npu', faults, always: true, breaker }], jobs, 2000);
  const backs = spans(events, 'lost', 'returned');
  const outages = spans(events, 'lost', 'done');
  return {
    ...{ crashes: backs.length, jobs, done, failed, jobsLost: jobs - done - failed },
    ...{ pauseMs: BREAKER_LIMITS.firstDelayMs, backMs: spread(backs), lostToNextAnswerMs: spread(outages) },
  };
}

/** One of two units hangs in the middle of the run; the other goes on alone. */
async function hang() {
  const units = [{ name: 'stuck', faults: 'hang:rknn_outputs_get@500' }, { name: 'well' }];
  const { done, failed, events } = await runOnStandIns(units, 3000, HANG_DEADLINE_MS);
  const lost = events.find(({ type }) => type === 'lost')!; // it hangs
  const from = events.findLast((one) => one.type === 'dispatched' && one.unit === 'stuck' && one.atMs < lost.atMs)!; // as above
  const first = events[0]!.atMs; // as above
  const rate = (fromMs: number, toMs: number) =>
    events.filter((one) => one.type === 'done' && one.unit === 'well' && one.atMs >= fromMs && one.atMs < toMs).length /
    ((toMs - fromMs) / 1000);
  const [before, during] = [rate(first, from.atMs), rate(from.atMs, lost.atMs)];
  return {
    ...{ done, failed, deadlineMs: HANG_DEADLINE_MS, noticedAfterMs: Math.round(lost.atMs - from.atMs) },
    backMs: Math.round(spans(events, 'lost', 'returned')[0] ?? Number.NaN),
    othersRate: { before: round(before), during: round(during), kept: Number((during / before).toFixed(3)) },
  };
}

/** Medians in microseconds of one call that takes the stand-in no time; the middle one of the rounds. */
async function overhead(rounds: number) {
  const each = [];
  for (let round = 0; round < rounds; round++) each.push(await overheadOnce());
  const middle = each.sort((a, b) => a.driverUs - b.driverUs)[rounds >> 1]!; // one round at least
  const share = (us: number) => `${((100 * us) / JOB_US).toFixed(2)} %`;
  return { ...middle, ofAJobUs: JOB_US, driverShare: share(middle.driverUs), processShare: share(middle.processUs) };
}

async function overheadOnce() {
  const { library, model } = npuStandIn();
  process.env.SWITCHYARD_STANDIN_LATENCY_US = '';
  process.env.SWITCHYARD_STANDIN_FAULTS = '';
  const bareUs = bareLoopInC().us(library, model, SIDE, CLASSES, 3000);
  const { session } = openRknnSession(openRknn(library), await readFile(model), null);
  const picture = formsOf(new Float32Array(3 * SIDE * SIDE));
  const called: number[] = [];
  for (let i = 0; i < 3000; i++) {
    const fromMs = monotonicMs();
    await session.run(picture);
    called.push((monotonicMs() - fromMs) * 1000);
  }
  await session.release();
  const throughUs = spread(called).p50;
  const processUs = await hop(library, model);
  return { bareUs: round(bareUs), throughDriverUs: throughUs, driverUs: round(throughUs - bareUs), processUs };
}

/** From the order to the answer, less the inference: the way to the unit's process and back. */
async function hop(library: string, file: string): Promise<number> {
  const unit = superviseUnit({
    spec: specOf('npu', library),
    program: builtProgram('unit-rknn'),
    models: () => [{ id: 'net', file }],
    deadlineMs: () => 2000,
    events: { changed() {}, lost() {}, returned() {} },
  });
  await prepared(unit);
  const hops: number[] = [];
  for (let i = 0; i < 2000; i++) {
    const fromMs = monotonicMs();
    const { startMs, endMs } = await inferOn(unit, i);
    hops.push((monotonicMs() - fromMs - (endMs - startMs)) * 1000);
  }
  unit.stop();
  return spread(hops).p50;
}

const inferOn = ({ driver }: ReturnType<typeof superviseUnit>, job: number) =>
  new Promise<Inference>((resolve, reject) =>
    driver.infer({ job: job as JobId, model: 'net' as ModelId, input: 0, load: null }, (result) =>
      result.ok ? resolve(result.value) : reject(new Error(result.error)),
    ),
  );

/** From each event of the one type to the next of the other. */
function spans(events: readonly RigEvent[], from: RigEvent['type'], to: RigEvent['type']): number[] {
  return events.flatMap((one, i) => {
    if (one.type !== from) return [];
    const next = events.slice(i).find(({ type }) => type === to);
    return next ? [next.atMs - one.atMs] : [];
  });
}

function spread(values: readonly number[]) {
  const ascending = Float64Array.from(values).sort();
  const at = (share: number) => round(quantile(ascending, share));
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

const round = (value: number): number => Number(value.toFixed(1));
