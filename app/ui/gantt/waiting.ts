import type { Schedule } from './schedule.ts';

/** How many jobs wait, over the run's time. */
export interface Waiting {
  /** For `count` columns of `stepMs`, the first beginning at `fromMs`; NaN where nothing is known. */
  read(fromMs: number, stepMs: number, count: number, into: Float32Array): void;
}

/** From samples as they come: columns of seconds, and of the jobs of each model. */
export function waitingOfSamples(columns: () => readonly Float64Array[]): Waiting {
  return {
    read(fromMs, stepMs, count, into) {
      const [at, ...models] = columns();
      let next = at ? firstAfter(at, fromMs / 1000) : 0;
      for (let column = 0; column < count; column++) {
        const ms = fromMs + column * stepMs;
        while (at && next < at.length && at[next]! * 1000 <= ms) next++; // next < length
        const known = at && next > 0 && (next < at.length || ms <= at[next - 1]! * 1000 + stepMs); // next > 0
        into[column] = known ? models.reduce((sum, model) => sum + (model[next - 1] ?? 0), 0) : Number.NaN;
      }
    },
  };
}

/**
 * Of a run that is over, from its rows: who had arrived by then, less who had been dispatched. `asked`: jobs that all were there from the start, of which
 * some never began; 0 where they came one by one.
 */
export function waitingOfRows({ trace }: Schedule, asked: number): Waiting {
  const { columns } = trace;
  const arrivals: number[] = [];
  const dispatches: number[] = [];
  for (let row = 0; row < trace.rows; row++) {
    if (columns.attempt[row]! > 1) continue; // row < rows, here and below
    arrivals.push(columns.arrivalMs[row]!);
    dispatches.push(columns.dispatchMs[row]!);
  }
  const came = Float64Array.from(arrivals).sort();
  const went = Float64Array.from(dispatches).sort();
  const never = Math.max(0, asked - came.length);
  const endMs = went.at(-1) ?? 0;
  return {
    read(fromMs, stepMs, count, into) {
      let arrived = firstAfter(came, fromMs);
      let gone = firstAfter(went, fromMs);
      for (let column = 0; column < count; column++) {
        const ms = fromMs + column * stepMs;
        if (column > 0) {
          arrived = passed(came, arrived, ms);
          gone = passed(went, gone, ms);
        }
        into[column] = ms < 0 || ms > endMs + stepMs ? Number.NaN : arrived - gone + never;
      }
    },
  };
}

/** The next from `from` on that is later than `ms`: a step or two where columns are narrow, a search where much lies between. */
function passed(ascending: Float64Array, from: number, ms: number): number {
  for (let at = from; at < from + 8; at++) if (at >= ascending.length || ascending[at]! > ms) return at; // at < length
  return firstAfter(ascending, ms, from);
}

function firstAfter(ascending: Float64Array, limit: number, from = 0): number {
  let low = from;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= limit)
      low = middle + 1; // low ≤ middle < high
    else high = middle;
  }
  return low;
}
