import type { UnitLive, UnitView } from '../../../server/panel/wire.ts';
import { useLive } from './store.ts';

/** The newest word on a unit: live where there is one, else what came with the page. */
export const useUnitLive = (unit: UnitView): UnitLive =>
  useLive(({ state }) => state?.units.find(({ id }) => id === unit.id)) ?? unit.live;
