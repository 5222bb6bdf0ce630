import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { CANVAS_FONT, onFontsLoaded } from '../canvas-font.ts';
import { frames } from '../live/frame-loop.ts';
import { onThemeChange } from '../theme.ts';
import type { ChartLook, ChartSource } from './line-chart.tsx';
import { thinned } from './thinned.ts';

export interface ChartDrawing {
  end(): void;
}

/** Ten times a second is as fast as a line is read. */
const DRAW_EVERY_MS = 100;

export function drawChart(box: HTMLElement, source: ChartSource, look: ChartLook, height: number): ChartDrawing {
  let plot = make(box, source, look, height);
  const frame = frames.add(() => plot.setData(dataOf(source, plot.width)), DRAW_EVERY_MS);
  const remake = () => {
    plot.destroy();
    plot = make(box, source, look, height);
  };
  const size = new ResizeObserver(() => {
    if (box.clientWidth > 0 && box.clientWidth !== plot.width) plot.setSize({ width: box.clientWidth, height });
  });
  size.observe(box);
  const leave = [source.hear(frame.ask), onThemeChange(remake), onFontsLoaded(() => plot.redraw())];
  return {
    end() {
      frame.leave();
      size.disconnect();
      for (const go of leave) go();
      plot.destroy();
    },
  };
}

const dataOf = (source: ChartSource, width: number): uPlot.AlignedData =>
  thinned(source.columns(), width) as unknown as uPlot.AlignedData;

function make(box: HTMLElement, source: ChartSource, look: ChartLook, height: number): uPlot {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => (name.startsWith('--') ? style.getPropertyValue(name).trim() : name);
  const axis = {
    stroke: colour('--quiet'),
    font: CANVAS_FONT,
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  return new uPlot(
    {
      width: box.clientWidth || 300,
      height,
      padding: [8, 10, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, ...(look.logX ? { distr: 3 as const, range: tight } : {}) },
        y: { range: (_, __, max) => [0, look.max ?? nice(max)] },
      },
      series: [
        {},
        ...look.lines.map((line) => ({
          stroke: colour(line.colour),
          width: 1.75,
          points: { show: false },
          ...(line.dash ? { dash: [...line.dash] } : {}),
        })),
      ],
      axes: [
        {
          ...axis,
          size: 24,
          ...(look.logX ? { splits: decadeLines, filter: roundOnly } : {}),
          gap: 4,
          values: (_, ticks) => ticks.map((t) => (t === null ? '' : (look.x ?? seconds)(t))),
        },
        { ...axis, size: 52, gap: 4, space: 28, values: (_, ticks) => ticks.map((t) => look.value(t)) },
      ],
    },
    dataOf(source, box.clientWidth || 300),
    box,
  );
}

/** A logarithmic scale from the first value to the last, not to the next power of ten. */
const tight = (_: uPlot, min: number | null, max: number | null): [number, number] => {
  const from = Math.max(min ?? 1, 1e-3);
  return [from, Math.max(max ?? 1, from * 1.5)];
};
/** 1, 2, 3 … 9 of every power of ten: by itself the library counts up from the lowest value, whatever that is. */
function decadeLines(_: uPlot, __: number, min: number, max: number): number[] {
  const lines: number[] = [];
  for (let power = Math.floor(Math.log10(min)); 10 ** power <= max; power++)
    for (let digit = 1; digit <= 9; digit++) {
      const line = Number(`${digit}e${power}`);
      if (line >= min && line <= max) lines.push(line);
    }
  return lines;
}
/** Of a logarithmic scale's many lines those at 1, 2 and 5; where there is little room, at 1. */
function roundOnly(plot: uPlot, ticks: number[]): (number | null)[] {
  const decades = Math.log10((ticks.at(-1) ?? 1) / (ticks[0] ?? 1));
  const kept = plot.width / Math.max(decades, 0.3) < 3 * LABEL_WIDE ? /^1/ : /^[125]/;
  return ticks.map((tick) => (kept.test(tick.toExponential(0)) ? tick : null));
}
const LABEL_WIDE = 56;

const seconds = (value: number): string => `${Number(value.toFixed(2))} s`;
/** Room above the highest point, and a scale even where everything is zero. */
const nice = (max: number | null): number => (max && max > 0 ? max * 1.1 : 1);
