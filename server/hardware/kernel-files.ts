import { readdirSync, readFileSync } from 'node:fs';

// What the kernel tells in files of one line each. Nothing is there on every kernel, and some files refuse to be read while
// their device sleeps: what cannot be read is not known.

export function lineOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch {
    return null;
  }
}

export function numberIn(file: string): number | null {
  const number = Number.parseFloat(lineOf(file) ?? '');
  return Number.isFinite(number) ? number : null;
}

/** Sorted, with numbers in their order: policy4 before policy10. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  } catch {
    return [];
  }
}
