import { fileFor } from '../../hardware/artefact.ts';
import type { SupervisedUnit } from '../../hardware/supervisor.ts';
import type { ModelId, UnitId } from '../../hardware/unit.ts';
import type { MeasureState } from '../messages.ts';
import type { Shop } from '../works.ts';
import { type Bench, benchOf } from './bench.ts';
import { measureBoard } from './board.ts';
import { measuredNow } from './kept.ts';

/** A measurement that a person asked for: waiting for the units → measuring → done, stopped or failed. */
export interface MeasureSession {
  go(): Promise<void>;
  stop(reason: string): void;
}

const WAIT_FOR_UNITS_MS = 20_000;
const LOOK_EVERY_MS = 50;

export function createMeasureSession(
  shop: Shop,
  board: string,
  /** One of its units was measured: what was said of its speed before is out of date. */
  measured: (unit: UnitId) => void,
): MeasureSession {
  let stopped: string | null = null;
  const say = (state: MeasureState) => shop.say({ type: 'measure', state });
  const units = () => {
    const specs = shop.boards().find(({ id }) => id === board)?.units ?? [];
    return specs.flatMap(({ id }) => shop.units.get(id) ?? []);
  };
  const stamp = (unit: UnitId) =>
    measuredNow('measuring', shop.units.get(unit)?.options ?? { threads: 1, cores: null }, shop);
  return {
    async go() {
      if (stopped === null) await ready(units(), () => stopped !== null);
      const benches = units().flatMap((unit) => benchFor(shop, unit));
      if (stopped === null && benches.length === 0)
        return say({ board, status: 'failed', reason: 'no unit of this board is ready' });
      const result = await measureBoard({
        benches,
        known: shop.profiler.profiles(),
        cancelled: () => stopped !== null,
        heard: {
          step: (step, done, of) => say({ board, status: 'measuring', step, done, of }),
          time(profile) {
            const unit = shop.units.get(profile.unit);
            if (unit) shop.holds(unit, profile.model);
            shop.profiler.replace(profile);
            shop.learned(profile, stamp(profile.unit));
            measured(profile.unit);
          },
          switching: (costs) => {
            if (costs.length > 0)
              shop.say({ type: 'switch-costs', costs: costs.map((c) => ({ ...c, ...stamp(c.unit) })) });
          },
          together: (runs) => {
            if (runs.length > 0) shop.say({ type: 'co-runs', runs: runs.map((r) => ({ ...r, ...stamp(r.unit) })) });
          },
        },
      });
      if (stopped !== null) say({ board, status: 'stopped', reason: stopped });
      else if (!result.ok) say({ board, status: 'failed', reason: result.error });
      else say({ board, status: 'done', reason: null });
    },
    stop(reason) {
      stopped ??= reason;
    },
  };
}

/** Those that are not ready in time are left out. */
async function ready(units: readonly SupervisedUnit[], cancelled: () => boolean): Promise<void> {
  for (const unit of units) unit.start();
  for (let waitedMs = 0; waitedMs < WAIT_FOR_UNITS_MS; waitedMs += LOOK_EVERY_MS) {
    if (cancelled() || units.every(({ status }) => status !== 'starting' && status !== 'waiting')) return;
    await new Promise((later) => setTimeout(later, LOOK_EVERY_MS));
  }
}

/** A unit that is ready, and the models that it can run. */
function benchFor(shop: Shop, unit: SupervisedUnit): Bench[] {
  if (unit.status !== 'ready') return [];
  const row = unit.spec.latencyMs;
  const models = row
    ? Object.keys(row).filter((model) => row[model] !== null)
    : shop.models().flatMap(({ id, files }) => (fileFor(unit.spec, files) === null ? [] : [id]));
  return models.length === 0 ? [] : [benchOf(unit, models as ModelId[], shop.samples())];
}
