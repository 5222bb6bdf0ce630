import { absences, type Outage } from '../hardware/simulated/outage.ts';
import type { UnitId } from '../hardware/unit.ts';
import type { Clock } from '../scheduling/clock.ts';
import type { VirtualDriver } from '../scheduling/virtual-driver.ts';
import type { Run } from './run.ts';

export interface PowerCuts {
  /** Whether a unit that is away now will be back. */
  mayReturn(): boolean;
  /** To be called as soon as the run has started, before its first decision. */
  begin(run: Run): void;
}

/** Takes virtual units away and brings them back, empty, at their hours. */
export function createPowerCuts(
  outages: readonly Outage[],
  clock: Clock,
  drivers: ReadonlyMap<UnitId, VirtualDriver>,
): PowerCuts {
  const cuts = [...drivers].flatMap(([unit, driver]) =>
    absences(outages, unit).map((absence) => ({ unit, driver, ...absence })),
  );
  const at = (ms: number, call: () => void) => (ms <= 0 ? call() : clock.after(ms, call));
  return {
    mayReturn: () =>
      cuts.some(({ fromMs, toMs }) => fromMs <= clock.now() && clock.now() < toMs && toMs < Number.POSITIVE_INFINITY),
    begin(run) {
      for (const { unit, driver, fromMs, toMs } of cuts) {
        at(fromMs, () => {
          driver.forget();
          run.engine.lost(unit, 'it was out of order');
          run.settle();
        });
        if (toMs === Number.POSITIVE_INFINITY) continue;
        at(toMs, () => {
          run.engine.returned(unit, []);
          run.settle();
        });
      }
    },
  };
}
