import { HATCHES, type Look } from '../model-look.ts';

/** What the painter dips into: made once per theme and set of models. */
export interface Palette {
  readonly looks: readonly Look[];
  readonly track: string;
  readonly line: string;
  readonly quiet: string;
  readonly text: string;
  readonly accent: string;
  readonly bad: string;
  readonly warn: string;
  /** A unit that is away. */
  readonly away: string | CanvasPattern;
  /** A machine that is held back by heat. */
  readonly heat: string | CanvasPattern;
  readonly surface: string;
  /** Per class of work (models, switch, failed): fill of an exact slice, and its hatch as 8 × 8 pixels, row by row, for columns that are written pixel by pixel. */
  readonly fills: readonly (string | CanvasPattern)[];
  readonly cells: readonly Uint32Array[];
  readonly trackPixel: number;
}

const SWITCH_HATCH = 3;
const FAILED_HATCH = 6;

export function createPalette(context: CanvasRenderingContext2D, looks: readonly Look[], dpr: number): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const bad = read('--bad');
  const classes = [
    ...looks,
    { colour: read('--line-strong'), hatch: SWITCH_HATCH },
    { colour: bad, hatch: FAILED_HATCH },
  ];
  return {
    looks,
    ...{ track: read('--track'), line: read('--line'), quiet: read('--quiet'), text: read('--text') },
    ...{ accent: read('--accent'), bad, warn: read('--warn'), surface: read('--surface') },
    away: patternOf(context, bad, SWITCH_HATCH, dpr),
    heat: patternOf(context, read('--warn'), SWITCH_HATCH, dpr),
    fills: classes.map(({ colour, hatch }) => patternOf(context, colour, hatch, dpr)),
    cells: classes.map(({ colour, hatch }) => cellOf(colour, hatch)),
    trackPixel: pixelOf(read('--track')),
  };
}

const SHADE = 0.72;

function patternOf(context: CanvasRenderingContext2D, colour: string, hatch: number, dpr: number) {
  const dark = HATCHES[hatch];
  if (!dark || hatch === 0) return colour;
  const cell = document.createElement('canvas');
  cell.width = 8;
  cell.height = 8;
  const pen = cell.getContext('2d');
  if (!pen) return colour;
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 8, 8);
  pen.fillStyle = `rgb(0 0 0 / ${1 - SHADE})`;
  for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) if (dark(x, y)) pen.fillRect(x, y, 1, 1);
  const pattern = context.createPattern(cell, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / dpr));
  return pattern ?? colour;
}

function cellOf(colour: string, hatch: number): Uint32Array {
  const dark = HATCHES[hatch];
  return Uint32Array.from({ length: 64 }, (_, at) => pixelOf(colour, dark?.(at & 7, at >> 3) ? SHADE : 1));
}

/** As ImageData holds it: ABGR in a little-endian word. */
function pixelOf(colour: string, shade = 1): number {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour)?.[1] ?? '888888';
  const part = (at: number) => Math.round(Number.parseInt(hex.slice(at, at + 2), 16) * shade);
  return ((255 << 24) | (part(4) << 16) | (part(2) << 8) | part(0)) >>> 0;
}
