import { useMemo } from 'react';
import { createRoot } from 'react-dom/client';
import { Charts } from '../../app/runs/[id]/charts.tsx';
import { Headline } from '../../app/runs/[id]/headline.tsx';
import { useLiveSeries } from '../../app/runs/[id]/use-live-series.ts';
import { drawChart } from '../../app/ui/charts/uplot-drawing.ts';
import { keepPainted, type Present } from '../../app/ui/gantt/drawing.ts';
import { Gantt } from '../../app/ui/gantt/gantt.tsx';
import type { Mark } from '../../app/ui/gantt/marks.ts';
import { createPin } from '../../app/ui/gantt/pin.ts';
import { createSchedule, type Schedule } from '../../app/ui/gantt/schedule.ts';
import { createView } from '../../app/ui/gantt/view.ts';
import { waitingOfRows, waitingOfSamples } from '../../app/ui/gantt/waiting.ts';
import { statePulse } from '../../app/ui/live/pulse.ts';
import { useLive } from '../../app/ui/live/store.ts';
import { decodeTrace, emptyColumns, encodeTrace, type TraceColumns } from '../../server/application/trace.ts';
import type { LiveState, RunDetail } from '../../server/panel/wire.ts';

// What is measured in the browser: the panel's own drawing, with frames that come when they are called for.

const waiting = new Map<number, FrameRequestCallback>();
let ids = 0;
let nowMs = 0;
window.requestAnimationFrame = (call) => {
  waiting.set(++ids, call);
  return ids;
};
window.cancelAnimationFrame = (id) => void waiting.delete(id);

/** One frame, later by so much; what it took, until the pixels of every canvas are there. */
async function frame(canvases: readonly HTMLCanvasElement[], laterMs = 1000 / 60) {
  nowMs += laterMs;
  const calls = [...waiting.values()];
  waiting.clear();
  const from = performance.now();
  for (const call of calls) call(nowMs);
  await Promise.resolve(); // uPlot draws at the end of its task
  const drawn = performance.now();
  for (const canvas of canvases) canvas.getContext('2d')?.getImageData(0, 0, 1, 1); // waits for the raster
  return { scriptMs: drawn - from, pixelsMs: performance.now() - from };
}
type Took = Awaited<ReturnType<typeof frame>>;

const MODELS = ['mobilenet_v2', 'resnet50', 'resnet101'];
const UNITS = ['cpu', 'ncs2', 'coral', 'npu'];
const MEAN_MS = [54, 38, 12, 21];

/** As much of a run as its pages look at. */
const run = {
  id: 1,
  status: 'running',
  spec: { models: MODELS.map((id) => ({ id, jobs: 1 })), workload: { kind: 'poisson' } },
  units: UNITS.map((id) => ({ id, name: id, source: 'simulated', precision: 'fp32' })),
  models: MODELS.map((id) => ({ id, name: id, trained: false, labels: null })),
  notes: [],
  missRate: null,
  boundThroughput: null,
} as unknown as RunDetail;

/** Always the same numbers. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A feed of rows without an end: four units that compute, change models now and then, and sometimes fail. */
function createFeed(seed = 42) {
  const random = chance(seed);
  const freeMs = UNITS.map(() => 0);
  const held = UNITS.map(() => 0);
  let seq = 0;
  return (rows: number): TraceColumns => {
    const columns = emptyColumns(rows, seq, UNITS.length);
    for (let row = 0; row < rows; row++) {
      const unit = freeMs.indexOf(Math.min(...freeMs));
      const model = random() < 0.1 ? Math.floor(random() * 3) : held[unit]!; // one per unit, here and below
      const loadMs = model !== held[unit] && unit === 1 ? 100 : 0;
      held[unit] = model;
      const startMs = freeMs[unit]! + random() * 2 + loadMs;
      const endMs = startMs + MEAN_MS[unit]! * (0.5 + random());
      freeMs[unit] = endMs;
      Object.assign(columns.job, { [row]: seq });
      columns.unit[row] = unit;
      columns.model[row] = model;
      columns.attempt[row] = 1;
      columns.outcome[row] = random() < 0.001 ? 1 : 0;
      columns.arrivalMs[row] = Math.max(0, startMs - random() * 200 - loadMs);
      columns.dispatchMs[row] = startMs - loadMs;
      columns.startMs[row] = startMs;
      columns.endMs[row] = endMs;
      columns.loadMs[row] = loadMs;
      columns.deadlineMs[row] = Number.POSITIVE_INFINITY;
      columns.finishMs.fill(30, row * UNITS.length, (row + 1) * UNITS.length);
      seq++;
    }
    return columns;
  };
}

function scheduleOf(slices: number): Schedule {
  const feed = createFeed();
  const schedule = createSchedule(run);
  for (let left = slices; left > 0; left -= 16_384) schedule.append(feed(Math.min(left, 16_384)));
  return schedule;
}

const room = () => {
  document.body.innerHTML = '<div id="room" style="width:1200px"></div>';
  return document.getElementById('room')!; // just made
};

/** Frames of a Gantt that is panned and zoomed, by how much of the run is seen. */
async function gantt(slices: number, frames: number) {
  const schedule = scheduleOf(slices);
  const canvas = document.createElement('canvas');
  Object.assign(canvas.style, { width: '1200px', height: '300px', display: 'block' });
  room().append(canvas);
  const view = createView('fit');
  const scene = { marks: [], waiting: waitingOfRows(schedule, 0) };
  const lanes = UNITS.length + 1;
  const leave = keepPainted(canvas, schedule, view, null, createPin(), () => scene, lanes);
  await new Promise((resolve) => setTimeout(resolve, 50)); // sizes are told
  await frame([canvas]);
  const whole = view.toMs - view.fromMs;
  const seen: Record<string, Took[]> = {};
  for (const spanMs of [whole, whole / 4, 1_000_000, 100_000, 30_000, 10_000, 1000, 50]) {
    if (spanMs > whole) continue;
    const took: Took[] = [];
    view.fit();
    view.zoom(spanMs / (view.toMs - view.fromMs), whole / 2);
    for (let at = 0; at < frames; at++) {
      view.pan(spanMs * (at % 40 < 20 ? 0.02 : -0.02));
      took.push(await frame([canvas]));
    }
    seen[spanMs === whole ? 'whole' : `${Math.round(spanMs)} ms`] = took;
  }
  const zoomed: Took[] = [];
  view.fit();
  for (let at = 0; at < frames * 2; at++) {
    view.zoom(at < frames ? 0.93 : 1 / 0.93, whole * 0.4);
    zoomed.push(await frame([canvas]));
  }
  seen['zooming in and out'] = zoomed;
  leave();
  return seen;
}

/** Frames in which all four of a run page's charts have new data. */
async function charts(points: number, lines: readonly number[], frames: number) {
  const random = chance(7);
  const parts = lines.map((count) => {
    const columns = Array.from({ length: count + 1 }, (_, c) =>
      Float64Array.from({ length: points + frames }, (_, i) => (c === 0 ? i / 20 : 50 + 30 * random())),
    );
    let say = () => {};
    let shown = points;
    return {
      source: {
        columns: () => columns.map((column) => column.subarray(0, shown)),
        hear(listener: () => void) {
          say = listener;
          return () => {};
        },
      },
      more() {
        shown++;
        say();
      },
    };
  });
  const place = room();
  const drawings = parts.map(({ source }, i) => {
    const box = document.createElement('div');
    box.style.width = '560px';
    place.append(box);
    const look = {
      lines: Array.from({ length: lines[i]! }, () => ({ name: '', colour: '#0072b2' })), // one per chart
      value: String,
    };
    return drawChart(box, source, look, 150);
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const canvases = [...document.querySelectorAll('canvas')];
  const took: Took[] = [];
  for (let at = 0; at < frames; at++) {
    for (const part of parts) part.more();
    took.push(await frame(canvases, 120));
  }
  for (const drawing of drawings) drawing.end();
  return took;
}

let fed: { hours(count: number): Promise<number>; end(): void } | null = null;
const ROWS_PER_S = 60;

/** A run page's parts with a virtual feed; whoever asks says how many hours go by. `mostRows`: as the board's page keeps. */
function open(mostRows?: number) {
  const feed = createFeed();
  const schedule = createSchedule(run, undefined, mostRows);
  const place = createRoot(room());
  const present = { nowMs: () => schedule.endMs, open: () => null };
  const page = (
    <>
      <Headline run={run} />
      <Watched run={run} schedule={schedule} present={present} />
    </>
  );
  place.render(page);
  let seconds = 0;
  fed = {
    async hours(count) {
      for (const until = seconds + count * 3600; seconds < until; seconds++) {
        const bytes = encodeTrace(feed(ROWS_PER_S));
        schedule.append(decodeTrace(bytes));
        const state = stateAt(seconds);
        statePulse.say(state);
        useLive.setState({ state, connection: 'live' });
        if (seconds % 20 === 0) await frame([], 120);
        if (seconds % 200 === 0) await new Promise((resolve) => setTimeout(resolve, 0)); // React has its turn
      }
      return schedule.trace.nextSeq;
    },
    end: () => place.unmount(),
  };
}

interface WatchedProps {
  readonly run: RunDetail;
  readonly schedule: Schedule;
  readonly present: Present;
}
function Watched({ run, schedule, present }: WatchedProps) {
  const series = useLiveSeries(run);
  const waiting = useMemo(() => waitingOfSamples(series.queue.columns), [series]);
  return (
    <>
      <Gantt schedule={schedule} present={present} waiting={waiting} />
      <Charts run={run} schedule={schedule} complete={false} live={series} />
    </>
  );
}

function stateAt(second: number): LiveState {
  const share = Math.abs(Math.sin(second / 97));
  const each = <T,>(names: readonly string[], value: T) => Object.fromEntries(names.map((name) => [name, value]));
  return {
    seq: second,
    boardMs: second * 1000,
    units: [],
    experiment: 1,
    queuedExperiments: 0,
    machine: null,
    run: {
      run: 1,
      phase: 'running',
      elapsedMs: second * 1000,
      total: 1e9,
      arrived: second * ROWS_PER_S,
      done: second * ROWS_PER_S,
      failed: 0,
      waiting: each(MODELS, Math.round(share * 10)),
      throughput: ROWS_PER_S * share,
      latency: { p50Ms: 20 * share, p95Ms: 40 * share, p99Ms: 60 * share },
      utilisation: each(UNITS, share),
    },
  };
}

/** Marks of every kind, for a picture. */
const MARKS: readonly Mark[] = [
  { kind: 'slow', unit: 0, fromMs: 800, toMs: 2400, factor: 2 },
  { kind: 'away', unit: 1, fromMs: 1200, toMs: 1900, factor: 1 },
  { kind: 'fault', unit: 2, fromMs: 1500, toMs: 1500, factor: 1 },
];

/** The same Gantt each time, as a picture (PNG, base64): so much of it from the start. */
async function picture(spanMs: number, theme: 'light' | 'dark', pinnedRow: number | null): Promise<string> {
  document.documentElement.dataset.theme = theme;
  const schedule = scheduleOf(4000);
  const canvas = document.createElement('canvas');
  Object.assign(canvas.style, { width: '1000px', height: '222px', display: 'block' });
  room().append(canvas);
  const view = createView('fit');
  view.reach(schedule.endMs);
  view.zoom(spanMs / (view.toMs - view.fromMs), 0);
  const pin = createPin();
  pin.set(pinnedRow);
  const scene = { marks: MARKS, waiting: waitingOfRows(schedule, 0) };
  const leave = keepPainted(canvas, schedule, view, null, pin, () => scene, UNITS.length + 1);
  await new Promise((resolve) => setTimeout(resolve, 50)); // sizes are told
  await frame([canvas]);
  const shown = document.createElement('canvas');
  Object.assign(shown, { width: canvas.width, height: canvas.height });
  const pen = shown.getContext('2d')!; // a new canvas has one
  pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--surface');
  pen.fillRect(0, 0, shown.width, shown.height);
  pen.drawImage(canvas, 0, 0);
  leave();
  return shown.toDataURL().slice('data:image/png;base64,'.length);
}

const bench = { picture, gantt, charts, open, hours: (count: number) => fed!.hours(count), end: () => fed?.end() }; // opened first
export type PanelPage = typeof bench;
export type FrameTook = Took;
Object.assign(window, { bench });
