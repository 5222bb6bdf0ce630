import { CANVAS_FONT_STRONG } from '../canvas-font.ts';
import type { Mark } from './marks.ts';
import { AXIS, type Canvas, LANE, laneTop } from './paint.ts';
import type { View } from './view.ts';

/**
 * What befell the units, over their lanes: hatched while one was away, barred on top while it was slow, a wedge at a fault;
 * shaded while heat held it back, or the whole board. What runs is still seen through that.
 */
export function paintMarks(canvas: Canvas, marks: readonly Mark[], view: View, nowMs: number): void {
  const { width } = canvas;
  const scale = width / (view.toMs - view.fromMs);
  for (const mark of marks) {
    const from = (mark.fromMs - view.fromMs) * scale;
    const to = (Math.min(mark.toMs, nowMs) - view.fromMs) * scale;
    if (to < 0 || from > width) continue;
    PAINTERS[mark.kind](
      canvas,
      mark.unit === null ? null : laneTop(mark.unit),
      Math.max(-2, from),
      Math.min(width + 2, to),
      mark,
    );
  }
}

/** `top`: of its lane; null: it is about all lanes. */
type Painter = (canvas: Canvas, top: number | null, from: number, to: number, mark: Mark) => void;

const paintAway: Painter = ({ context, palette }, top, from, to) => {
  if (top === null) return;
  const wide = Math.max(2, to - from);
  context.globalAlpha = 0.3;
  context.fillStyle = palette.away;
  context.fillRect(from, top, wide, LANE);
  context.globalAlpha = 1;
  context.fillStyle = palette.bad;
  context.fillRect(from, top, 1.5, LANE);
  context.fillRect(from + wide - 1.5, top, 1.5, LANE);
};

const paintSlow: Painter = (canvas, top, from, to, { factor }) => {
  if (top === null) return;
  canvas.context.fillStyle = canvas.palette.warn;
  canvas.context.fillRect(from, top, Math.max(2, to - from), 4);
  paintLabel(canvas, `×${factor.toFixed(1)}`, top, from, to);
};

/** Over all lanes its bar lies under the time axis. */
const paintThrottled: Painter = (canvas, top, from, to, { factor }) => {
  const { context, palette, height } = canvas;
  const wide = Math.max(2, to - from);
  const [upper, lower] = top === null ? [AXIS - 8, height] : [top, top + LANE];
  context.globalAlpha = 0.14;
  context.fillStyle = palette.warn;
  context.fillRect(from, upper, wide, lower - upper);
  context.globalAlpha = 0.9;
  context.fillStyle = palette.heat;
  context.fillRect(from, upper, wide, 5);
  context.globalAlpha = 1;
  context.fillStyle = palette.warn;
  context.fillRect(from, upper, 1.5, lower - upper);
  context.fillRect(from + wide - 1.5, upper, 1.5, lower - upper);
  paintLabel(canvas, factor < 1 ? `${Math.round(factor * 100)} %` : '°C', upper, from, to);
};

/** Where its stretch is wide enough to be seen. */
function paintLabel({ context, palette }: Canvas, label: string, top: number, from: number, to: number): void {
  context.font = CANVAS_FONT_STRONG;
  const wide = context.measureText(label).width + 8;
  const left = Math.max(0, from);
  if (to - left < wide) return;
  context.fillStyle = palette.warn;
  context.fillRect(left, top, wide, 15);
  context.fillStyle = palette.surface;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(label, left + 4, top + 8);
}

const paintFault: Painter = ({ context, palette }, top, at) => {
  if (top === null) return;
  context.fillStyle = palette.bad;
  context.beginPath();
  context.moveTo(at - 5, top - 5);
  context.lineTo(at + 5, top - 5);
  context.lineTo(at, top + 4);
  context.fill();
  context.fillRect(at - 0.75, top, 1.5, LANE);
};

const PAINTERS: Readonly<Record<Mark['kind'], Painter>> = {
  away: paintAway,
  slow: paintSlow,
  fault: paintFault,
  throttled: paintThrottled,
};
