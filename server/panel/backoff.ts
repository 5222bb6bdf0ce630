/** Slows down whoever guesses: five tries are free, then one after 1, 2, 4 … 60 s. Never a ban: it expires. */
export interface Backoff {
  /** Seconds to wait, or 0: then the try is counted at once, so that fifty at the same moment are not fifty. */
  attempt(...keys: string[]): number;
  /** It was the right password. */
  succeeded(...keys: string[]): void;
}

const FREE = 5;
const LONGEST_MS = 60_000;
const FORGOTTEN_MS = 15 * 60_000;
const MOST_KEYS = 10_000;

interface Tries {
  count: number;
  freeAtMs: number;
  lastMs: number;
}

export function createBackoff(now: () => number = () => performance.now()): Backoff {
  const book = new Map<string, Tries>();
  const of = (key: string): Tries => {
    const known = book.get(key);
    if (known && now() - known.lastMs < FORGOTTEN_MS) return known;
    return { count: 0, freeAtMs: 0, lastMs: 0 };
  };
  return {
    attempt(...keys) {
      const waitMs = Math.max(...keys.map((key) => of(key).freeAtMs - now()));
      if (waitMs > 0) return Math.ceil(waitMs / 1000);
      for (const key of keys) {
        const count = of(key).count + 1;
        const pauseMs = count < FREE ? 0 : Math.min(LONGEST_MS, 1000 * 2 ** (count - FREE));
        book.delete(key); // so that the map stays in the order of last use
        book.set(key, { count, freeAtMs: now() + pauseMs, lastMs: now() });
      }
      for (const key of book.keys()) if (book.size > MOST_KEYS) book.delete(key);
      return 0;
    },
    succeeded(...keys) {
      for (const key of keys) book.delete(key);
    },
  };
}
