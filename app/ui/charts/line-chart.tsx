import { useEffect, useRef } from 'react';
import type { ChartDrawing } from './uplot-drawing.ts';

export interface Line {
  readonly name: string;
  /** A colour, or the name of one of the theme's ("--text"). */
  readonly colour: string;
  readonly dash?: readonly number[];
}
export interface ChartSource {
  /** Time (or x) first, then one column per line. */
  columns(): readonly Float64Array[];
  /** Told when there is more; a finished run never says anything. */
  hear(listener: () => void): () => void;
}
export interface ChartLook {
  readonly lines: readonly Line[];
  readonly value: (value: number) => string;
  readonly x?: (value: number) => string;
  /** Largest value of a scale that has one: 1 for shares. */
  readonly max?: number;
  readonly logX?: boolean;
  readonly height?: number;
}

interface Props {
  /** What it shows, in words: the chart itself is a picture. */
  readonly summary: string;
  readonly source: ChartSource;
  readonly look: ChartLook;
}

const HEIGHT = 150;

/** Lines over time. What draws them is fetched when the first chart is shown; its place is kept meanwhile. */
export function LineChart({ summary, source, look }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const height = look.height ?? HEIGHT;
  useEffect(() => {
    let drawing: ChartDrawing | null = null;
    let gone = false;
    void import('./uplot-drawing.ts').then(({ drawChart }) => {
      if (!gone && box.current) drawing = drawChart(box.current, source, look, height);
    });
    return () => {
      gone = true;
      drawing?.end();
    };
  }, [source, look, height]);
  return (
    <div>
      <div ref={box} role="img" aria-label={summary} className="w-full overflow-hidden" style={{ height }} />
      {look.lines.length > 1 && <Keys lines={look.lines} />}
    </div>
  );
}

function Keys({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-1 text-xs text-quiet">
      {lines.map(({ name, colour, dash }) => (
        <li key={name} className="inline-flex items-center gap-1.5">
          <svg aria-hidden="true" width="18" height="6">
            <line
              x1="0"
              y1="3"
              x2="18"
              y2="3"
              stroke={colour.startsWith('--') ? `var(${colour})` : colour}
              strokeWidth="2.5"
              strokeDasharray={dash?.join(' ')}
            />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
