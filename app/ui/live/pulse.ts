import type { LiveEvent, LiveState } from '../../../server/panel/wire.ts';
import { createRing, type Ring } from './ring.ts';

// The fast side of live: plain listeners and typed arrays, outside React.

type Listener<T> = (value: T) => void;

function createPulse<T>() {
  const listeners = new Set<Listener<T>>();
  return {
    say(value: T) {
      for (const listener of listeners) listener(value);
    },
    hear(listener: Listener<T>): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Every state as it comes, up to twenty times a second. */
export const statePulse = createPulse<LiveState>();
export const eventPulse = createPulse<LiveEvent>();

/** A minute of each unit's utilisation, for the lines on the unit cards. */
export const SPARK_EVERY_MS = 250;
const sparks = new Map<string, Ring>();
let sampledAtMs = 0;

export function sparkOf(unit: string): Ring {
  const ring = sparks.get(unit) ?? createRing(240);
  sparks.set(unit, ring);
  return ring;
}

statePulse.hear((state) => {
  if (state.boardMs - sampledAtMs < SPARK_EVERY_MS && state.boardMs >= sampledAtMs) return;
  sampledAtMs = state.boardMs;
  for (const { id } of state.units) sparkOf(id).push(state.run?.utilisation[id] ?? 0);
});
