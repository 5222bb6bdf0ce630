import { CANVAS_FONT, CANVAS_FONT_STRONG } from '../canvas-font.ts';
import type { Mark } from './marks.ts';
import { paintMarks } from './paint-marks.ts';
import { paintWaiting } from './paint-waiting.ts';
import type { Palette } from './palette.ts';
import type { Schedule } from './schedule.ts';
import type { Track } from './track.ts';
import type { View } from './view.ts';
import type { Waiting } from './waiting.ts';

/** Everything a frame needs. Widths and heights in CSS pixels. */
export interface Canvas {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly dpr: number;
  readonly palette: Palette;
  readonly scratch: Scratch;
}
/** Kept between frames, so that a frame allocates nothing. */
export interface Scratch {
  image: ImageData | null;
  shares: Float32Array;
  waiting: Float32Array;
}
/** What is drawn besides the jobs. */
export interface Scene {
  /** What befell the units. */
  readonly marks: readonly Mark[];
  /** Null: there is no lane for it. */
  readonly waiting: Waiting | null;
}
/** A job that runs and has not ended: per track its model, or null. */
export type Open = readonly (number | null)[];

/** Slices that are narrower than this on average are drawn as shares: nothing more could be told from them one by one. */
const NARROW_PX = 4;
export const AXIS = 22;
export const LANE = 34;
export const GAP = 6;
/** `lanes`: one for each unit, and one where it is drawn how many jobs wait. */
export const heightFor = (lanes: number): number => AXIS + lanes * (LANE + GAP);
export const laneTop = (track: number): number => AXIS + track * (LANE + GAP);

export function paint(
  canvas: Canvas,
  schedule: Schedule,
  view: View,
  open: Open | null,
  nowMs: number,
  { marks, waiting }: Scene,
): void {
  const { context, width, height, dpr, palette } = canvas;
  context.setTransform(dpr, 0, 0, dpr, 0, 0);
  context.clearRect(0, 0, width, height);
  paintAxis(canvas, view);
  schedule.tracks.forEach((track, index) => {
    const top = laneTop(index);
    const [first, end] = track.within(view.fromMs, view.toMs);
    if (end - first > width / NARROW_PX || view.fromMs < track.keptFromMs)
      paintColumns(canvas, track, view, top, schedule.failedKind + 1);
    else {
      context.fillStyle = palette.track;
      context.fillRect(0, top, width, LANE);
      paintSlices(canvas, track, view, top, first, end, schedule);
    }
    const model = open?.[index];
    if (model !== null && model !== undefined) paintOpen(canvas, track, view, top, model, nowMs);
  });
  paintMarks(canvas, marks, view, nowMs);
  if (waiting) paintWaiting(canvas, waiting, view, schedule.tracks.length);
  paintSelection(canvas, view);
  paintCursor(canvas, view);
}

const STEPS = [1, 2, 5];

/** Ticks at 1, 2 or 5 times a power of ten, at least 80 pixels apart. */
export function tickStep(spanMs: number, width: number): number {
  const least = (spanMs / width) * 80;
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = STEPS.find((step) => step * power >= least) ?? 10;
  return factor * power;
}

export function tickLabel(ms: number, stepMs: number): string {
  if (stepMs < 1) return `${ms.toFixed(1)} ms`;
  if (stepMs < 100) return `${Math.round(ms)} ms`;
  const seconds = (ms / 1000).toFixed(stepMs < 1000 ? 1 : 0);
  return `${seconds} s`;
}

function paintAxis({ context, width, height, palette }: Canvas, view: View): void {
  const span = view.toMs - view.fromMs;
  const step = tickStep(span, width);
  context.font = CANVAS_FONT;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (let ms = Math.ceil(view.fromMs / step) * step; ms < view.toMs; ms += step) {
    const x = Math.round(((ms - view.fromMs) / span) * width);
    context.fillStyle = palette.line;
    context.fillRect(x, AXIS - 8, 1, height - AXIS + 8);
    context.fillStyle = palette.quiet;
    if (x < width - 44) context.fillText(tickLabel(ms, step), x + 4, AXIS - 12);
  }
}

function paintSlices(
  canvas: Canvas,
  track: Track,
  view: View,
  top: number,
  first: number,
  end: number,
  schedule: Schedule,
): void {
  const { context, width, palette } = canvas;
  const scale = width / (view.toMs - view.fromMs);
  const xOf = (ms: number) => Math.max(-2, Math.min(width + 2, (ms - view.fromMs) * scale));
  for (let i = first; i < end; i++) {
    const begin = xOf(track.beginMs[i]!); // first ≤ i < end ≤ length, here and below
    const start = xOf(track.startMs[i]!);
    const close = xOf(track.endMs[i]!);
    const kind = track.kind[i]!;
    if (start - begin > 0.4) {
      context.fillStyle = palette.fills[schedule.switchKind] ?? palette.quiet;
      context.fillRect(begin, top + LANE / 2 - 4, start - begin, 8);
    }
    const wide = close - start > 4;
    context.fillStyle = palette.fills[kind] ?? palette.quiet;
    context.fillRect(start, top, Math.max(0.75, close - start - (wide ? 1 : 0)), LANE);
    const look = palette.looks[kind];
    if (look && close - start > 26) paintLetter(context, look, start, close, top);
    if (kind === schedule.failedKind && wide) paintCross(context, (start + close) / 2, top, palette.surface);
  }
}

function paintLetter(
  context: CanvasRenderingContext2D,
  look: { letter: string; ink: string; colour: string },
  start: number,
  close: number,
  top: number,
): void {
  const from = Math.max(0, start);
  context.font = CANVAS_FONT_STRONG;
  const wide = context.measureText(look.letter).width + 8;
  if (close - from < wide + 2) return;
  context.fillStyle = look.colour;
  context.fillRect(from + 2, top + LANE / 2 - 8, wide, 16);
  context.fillStyle = look.ink;
  context.textAlign = 'left';
  context.fillText(look.letter, from + 6, top + LANE / 2 + 0.5);
}

function paintCross(context: CanvasRenderingContext2D, x: number, top: number, colour: string): void {
  const y = top + LANE / 2;
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  for (const s of [1, -1]) {
    context.moveTo(x - 4, y - 4 * s);
    context.lineTo(x + 4, y + 4 * s);
  }
  context.stroke();
}

/** Zoomed out: per device pixel a stack of the classes' shares, written straight into the image. */
function paintColumns(canvas: Canvas, track: Track, view: View, top: number, classes: number): void {
  const { context, dpr, palette, scratch } = canvas;
  const columns = Math.max(1, Math.round(canvas.width * dpr));
  const rows = Math.round(LANE * dpr);
  if (scratch.image?.width !== columns || scratch.image.height !== rows)
    scratch.image = context.createImageData(columns, rows);
  if (scratch.shares.length < columns * classes) scratch.shares = new Float32Array(columns * classes);
  track.read(view.fromMs, (view.toMs - view.fromMs) / columns, columns, scratch.shares);
  const pixels = new Uint32Array(scratch.image.data.buffer);
  pixels.fill(palette.trackPixel);
  const { cells } = palette;
  const { shares } = scratch;
  for (let x = 0; x < columns; x++) {
    let y = rows;
    let filled = 0;
    for (let kind = 0; kind < classes; kind++) {
      const share = shares[x * classes + kind]!; // columns × classes of them
      if (share === 0) continue;
      const cell = cells[kind]!; // one per class
      filled += share;
      const to = Math.max(0, rows - Math.round(filled * rows));
      while (y > to) {
        y--;
        pixels[y * columns + x] = cell[((y & 7) << 3) | (x & 7)]!; // 64 of them
      }
    }
  }
  context.putImageData(scratch.image, 0, Math.round(top * dpr));
}

/** What runs now: its end is not known, so it is drawn faint and up to the present. */
function paintOpen(canvas: Canvas, track: Track, view: View, top: number, model: number, nowMs: number): void {
  const { context, width, palette } = canvas;
  const scale = width / (view.toMs - view.fromMs);
  const startMs = track.length > 0 ? track.endMs[track.length - 1]! : 0; // length > 0
  const from = Math.max(0, (startMs - view.fromMs) * scale);
  const to = Math.min(width, (nowMs - view.fromMs) * scale);
  if (to <= from) return;
  context.globalAlpha = 0.35;
  context.fillStyle = palette.fills[model] ?? palette.quiet;
  context.fillRect(from, top, to - from, LANE);
  context.globalAlpha = 1;
}

function paintSelection({ context, width, height, palette }: Canvas, view: View): void {
  if (!view.selection) return;
  const scale = width / (view.toMs - view.fromMs);
  const from = (view.selection.fromMs - view.fromMs) * scale;
  const to = (view.selection.toMs - view.fromMs) * scale;
  context.globalAlpha = 0.12;
  context.fillStyle = palette.accent;
  context.fillRect(from, AXIS - 8, to - from, height - AXIS + 8);
  context.globalAlpha = 1;
  context.fillRect(from, AXIS - 8, 1, height - AXIS + 8);
  context.fillRect(to - 1, AXIS - 8, 1, height - AXIS + 8);
}

/** A frame around the slice that is explained, at least wide enough to be seen; and before it, how long the job had waited. */
export function paintPinned({ context, width, palette }: Canvas, schedule: Schedule, view: View, row: number): void {
  const { columns } = schedule.trace;
  const scale = width / (view.toMs - view.fromMs);
  const cameAt = ((columns.arrivalMs[row] ?? 0) - view.fromMs) * scale;
  const begunAt = ((columns.startMs[row] ?? 0) - (columns.loadMs[row] ?? 0) - view.fromMs) * scale;
  const middle = laneTop(columns.unit[row] ?? 0) + LANE / 2;
  context.fillStyle = palette.surface;
  context.fillRect(cameAt, middle - 2.5, begunAt - cameAt, 5);
  context.fillStyle = palette.accent;
  context.fillRect(cameAt, middle - 1, begunAt - cameAt, 2);
  context.fillRect(cameAt - 1, middle - 6, 2, 12);
  const from = ((columns.startMs[row] ?? 0) - view.fromMs) * scale;
  const to = ((columns.endMs[row] ?? 0) - view.fromMs) * scale;
  if (to < 0 || from > width) return;
  const wide = Math.max(5, to - from);
  const left = (from + to - wide) / 2;
  const top = laneTop(columns.unit[row] ?? 0);
  context.lineWidth = 2;
  context.strokeStyle = palette.surface;
  context.strokeRect(left, top, wide, LANE);
  context.strokeStyle = palette.accent;
  context.strokeRect(left - 2, top - 2, wide + 4, LANE + 4);
}

function paintCursor({ context, width, height, palette }: Canvas, view: View): void {
  if (view.cursorMs === null) return;
  const x = ((view.cursorMs - view.fromMs) / (view.toMs - view.fromMs)) * width;
  context.fillStyle = palette.quiet;
  context.fillRect(Math.round(x), AXIS - 8, 1, height - AXIS + 8);
}
