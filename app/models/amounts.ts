import type { Words } from '../ui/words/en.ts';
import type { Format } from '../ui/words/format.ts';

/** 102.6 MB, 16.4 kB: as the papers and the shops count, by thousands. */
export function bytes(value: number | null, w: Words, f: Format): string {
  if (value === null) return f.number(null);
  if (value < 1e6) return `${f.number(value / 1e3, value < 1e5 ? 1 : 0)} ${w.models.kb}`;
  if (value < 1e9) return `${f.number(value / 1e6, 1)} ${w.models.mb}`;
  return `${f.number(value / 1e9, 1)} ${w.models.gb}`;
}

/** 25.6 M; small networks to the last one. */
export const parameters = (value: number, w: Words, f: Format): string =>
  value === 0 ? f.number(null) : value < 1e5 ? f.number(value) : w.models.million(f.number(value / 1e6, 1));
