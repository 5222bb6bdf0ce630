import type { Clock } from './clock.ts';
import type { Profiler } from './profiler.ts';
import type { Seat } from './seat.ts';

export interface HandAhead {
  /** The unit has just begun the first of the jobs that it holds. */
  began(seat: Seat): void;
}

/**
 * Gives a unit its next job `aheadMs` before the present one should end, so that it need not stand still while the answer comes
 * up and the next order goes down. `decide` is asked with the seat open; outside of that moment a busy unit is as busy as ever,
 * so that no policy prefers it to an idle one. A job that takes longer than foretold gets no successor until it has ended.
 */
export function createHandAhead(parts: {
  readonly clock: Clock;
  readonly profiler: Profiler;
  readonly aheadMs: number;
  readonly decide: () => void;
}): HandAhead {
  const { clock, profiler, aheadMs, decide } = parts;
  const open = (seat: Seat) => {
    seat.open = true;
    try {
      decide();
    } finally {
      seat.open = false;
    }
  };
  return {
    began(seat) {
      const job = seat.held[0];
      if (!job) return;
      const profile = profiler.profile(job.model, job.unit);
      if (!profile || profile.source === 'guessed') return;
      const endMs = seat.firstEndMs;
      clock.after(endMs - aheadMs - clock.now(), () => {
        if (seat.held[0] === job && clock.now() < endMs) open(seat);
      });
    },
  };
}
