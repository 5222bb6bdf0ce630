import { CANVAS_FONT } from '../canvas-font.ts';
import { type Canvas, LANE, laneTop } from './paint.ts';
import type { View } from './view.ts';
import type { Waiting } from './waiting.ts';

const STEP_PX = 2;

/** How many jobs waited, as a hill under the lanes; its height is that of the most in view, which is written there. */
export function paintWaiting(canvas: Canvas, waiting: Waiting, view: View, lane: number): void {
  const { context, width, palette, scratch } = canvas;
  const columns = Math.ceil(width / STEP_PX);
  if (scratch.waiting.length < columns) scratch.waiting = new Float32Array(columns);
  const { waiting: depth } = scratch;
  waiting.read(view.fromMs, ((view.toMs - view.fromMs) / width) * STEP_PX, columns, depth);
  let most = 0;
  for (let column = 0; column < columns; column++) if (depth[column]! > most) most = depth[column]!; // column < length
  const top = laneTop(lane);
  const base = top + LANE;
  context.fillStyle = palette.track;
  context.fillRect(0, top, width, LANE);
  if (most === 0) return;
  context.fillStyle = palette.quiet;
  context.globalAlpha = 0.55;
  context.beginPath();
  context.moveTo(0, base);
  for (let column = 0; column < columns; column++) {
    const high = ((depth[column] || 0) / most) * (LANE - 3); // not a number: nothing is known, nothing is drawn
    context.lineTo(column * STEP_PX, base - high);
    context.lineTo((column + 1) * STEP_PX, base - high);
  }
  context.lineTo(width, base);
  context.fill();
  context.globalAlpha = 1;
  paintMost(canvas, String(most), top);
}

function paintMost({ context, palette }: Canvas, label: string, top: number): void {
  context.font = CANVAS_FONT;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.globalAlpha = 0.8;
  context.fillStyle = palette.surface;
  context.fillRect(2, top + 2, context.measureText(label).width + 6, 14);
  context.globalAlpha = 1;
  context.fillStyle = palette.text;
  context.fillText(label, 5, top + 9.5);
}
