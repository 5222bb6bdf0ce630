import type { ServiceTime } from '../hardware/simulated/service-time.ts';
import type { Driver, ProcessingUnit } from '../hardware/unit.ts';
import type { Clock } from './clock.ts';

export interface VirtualDriver extends Driver {
  /** The unit was lost: what it was doing holds up nothing that comes after. */
  forget(): void;
}

/**
 * A unit on a virtual clock: one job at a time, first handed first served, a switch before it where one is due.
 * `slowness`: what a service time is multiplied with when the service starts at that moment.
 */
export function createVirtualDriver(
  unit: ProcessingUnit,
  service: ServiceTime,
  clock: Clock,
  slowness: (startMs: number) => number = () => 1,
): VirtualDriver {
  let freeAtMs = 0;
  return {
    infer({ model, load }, done) {
      const nowMs = clock.now();
      const waitMs = Math.max(0, freeAtMs - nowMs);
      const loadMs = load ? unit.switchCostMs(load.evict, model) : 0;
      const serviceMs = service.next(model) * slowness(nowMs + waitMs + loadMs);
      freeAtMs = nowMs + (waitMs + loadMs + serviceMs);
      clock.after(waitMs + loadMs + serviceMs, () => {
        const endMs = clock.now();
        done({ ok: true, value: { startMs: endMs - serviceMs, endMs, serviceMs, loadMs } });
      });
    },
    forget() {
      freeAtMs = 0;
    },
  };
}
