import { onFontsLoaded } from '../canvas-font.ts';
import { frames } from '../live/frame-loop.ts';
import { looksOf } from '../model-look.ts';
import { onThemeChange } from '../theme.ts';
import { heightFor, type Open, paint, paintPinned, type Scene, type Scratch } from './paint.ts';
import { createPalette, type Palette } from './palette.ts';
import type { Pin } from './pin.ts';
import type { Schedule } from './schedule.ts';
import type { View } from './view.ts';

/** The present, for a schedule that still grows. `stale`: nothing comes any more, so time stands still. */
export interface Present {
  nowMs(): number;
  open(): Open | null;
}

const BARE: Scene = { marks: [], waiting: null };

/** Keeps a canvas painted: when rows come, when the view moves, when the theme turns; each frame while there is a present. */
export function keepPainted(
  canvas: HTMLCanvasElement,
  schedule: Schedule,
  view: View,
  present: Present | null,
  pin: Pin,
  scene: () => Scene = () => BARE,
  lanes = schedule.tracks.length,
): () => void {
  const context = canvas.getContext('2d');
  if (!context) return () => {};
  const scratch: Scratch = { image: null, shares: new Float32Array(0), waiting: new Float32Array(0) };
  const height = heightFor(lanes);
  const looks = looksOf(schedule.models.map((model) => model.id));
  let palette: Palette | null = null;
  let width = 0;
  let dpr = 1;
  let seen = true;

  const draw = () => {
    // What moves on by itself rests while nobody sees it; what stands still is painted, also for a printer.
    if (width === 0 || (present && !seen)) return;
    const nowMs = present?.nowMs() ?? schedule.endMs;
    if (present) view.reach(nowMs);
    palette ??= createPalette(context, looks, dpr);
    const canvas = { context, width, height, dpr, palette, scratch };
    paint(canvas, schedule, view, present?.open() ?? null, nowMs, scene());
    if (pin.row !== null) paintPinned(canvas, schedule, view, pin.row);
    if (present) ask();
  };
  const frame = frames.add(draw);
  const { ask } = frame;
  const measure = () => {
    width = canvas.clientWidth;
    dpr = Math.min(2, devicePixelRatio || 1);
    canvas.width = Math.round(width * dpr);
    canvas.height = Math.round(height * dpr);
    palette = null;
    ask();
  };
  const restyle = () => {
    palette = null;
    ask();
  };
  const grown = () => {
    if (!present) view.reach(schedule.endMs);
    ask();
  };
  const size = new ResizeObserver(measure);
  const sight = new IntersectionObserver(([entry]) => {
    seen = entry?.isIntersecting ?? true;
    if (seen) ask();
  });
  size.observe(canvas);
  sight.observe(canvas);
  const leave = [schedule.hear(grown), view.hear(ask), pin.hear(ask), onThemeChange(restyle), onFontsLoaded(ask)];
  grown();
  measure();
  return () => {
    frame.leave();
    size.disconnect();
    sight.disconnect();
    for (const go of leave) go();
  };
}
