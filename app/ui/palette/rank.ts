/** What can be found: its name, and other words that people may look for it by. */
export interface Findable {
  readonly name: string;
  readonly words?: string;
}

/** Those that fit all words of the text, best first; in their own order where they fit equally well, or nothing is asked. */
export function rank<T extends Findable>(items: readonly T[], text: string): T[] {
  const parts = folded(text).split(/\s+/).filter(Boolean);
  if (parts.length === 0) return [...items];
  return items
    .map((item) => ({ item, score: scoreOf(item, parts) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

function scoreOf({ name, words = '' }: Findable, parts: readonly string[]): number {
  const own = folded(name);
  const other = folded(words);
  let sum = 0;
  for (const part of parts) {
    const score = Math.max(fit(own, part) * 2, fit(other, part));
    if (score === 0) return 0;
    sum += score;
  }
  return sum;
}

/** The whole, its beginning, a word's beginning, somewhere inside; the first letters of its words. */
function fit(text: string, part: string): number {
  if (text === part) return 8;
  if (text.startsWith(part)) return 6;
  if (text.includes(` ${part}`) || text.includes(`#${part}`)) return 4;
  if (text.includes(part)) return 2;
  return part.length > 1 && initials(text).startsWith(part) ? 1 : 0;
}

const initials = (text: string): string =>
  text
    .split(/[^\p{L}\p{N}#]+/u)
    .map((word) => word.charAt(0))
    .join('');

const folded = (text: string): string => text.normalize('NFC').toLowerCase();
