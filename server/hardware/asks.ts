import type { Result } from '../brand.ts';
import { monotonicMs } from './monotonic.ts';
import type { Done } from './unit.ts';

/** Questions to a unit's process that wait for their answer. */
export interface Asks {
  /** A number that no other question to this unit ever had: an answer of an earlier process fits nothing. */
  next(): number;
  put(key: string, withinMs: number, done: Done<unknown>): void;
  settle(key: string, result: Result<unknown>): void;
  /** The process is gone: questions about jobs are forgotten (the engine queues them again), others fail. */
  drop(reason: string): void;
  overdue(nowMs: number): string | null;
}

export function createAsks(): Asks {
  const waiting = new Map<string, { done: Done<never>; dueMs: number }>();
  let last = 0;
  return {
    next: () => ++last,
    put: (key, withinMs, done) => void waiting.set(key, { done: done as Done<never>, dueMs: monotonicMs() + withinMs }),
    settle(key, result) {
      const ask = waiting.get(key);
      if (!ask) return;
      waiting.delete(key);
      ask.done(result as Result<never>);
    },
    drop(error) {
      const left = [...waiting].filter(([key]) => !key.startsWith('job/') && key !== 'opened');
      waiting.clear();
      for (const [, ask] of left) ask.done({ ok: false, error });
    },
    overdue(nowMs) {
      for (const [key, ask] of waiting) if (ask.dueMs < nowMs) return key.replace(/\/\d+$/, '');
      return null;
    },
  };
}
