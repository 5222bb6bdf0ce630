import type { Words } from '../../ui/words/en.ts';
import type { Format } from '../../ui/words/format.ts';

/** Why a recorded stream was not taken, in the reader's language; anything else as it came. */
export function traceTrouble(error: unknown, w: Words, f: Format): unknown {
  const said = error instanceof Error ? error.message : '';
  const line = /^line (\d+): /i.exec(said)?.[1];
  if (line) return new Error(w.create.trace.wrongLine(f.number(Number(line))));
  const most = /^it has more than (\d+) jobs/i.exec(said)?.[1];
  if (most) return new Error(w.create.trace.tooLong(f.number(Number(most))));
  return /^it has no jobs/i.test(said) ? new Error(w.create.trace.empty) : error;
}
