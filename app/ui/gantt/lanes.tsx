import { SimulatedMark } from '../simulated.tsx';
import { AXIS, GAP, LANE } from './paint.ts';
import type { Schedule } from './schedule.ts';

/** Names of the units, beside their lanes. */
export function Lanes({ schedule }: { readonly schedule: Schedule }) {
  return (
    <div style={{ paddingTop: AXIS }} aria-hidden="true">
      {schedule.units.map((unit) => (
        <div
          key={unit.id}
          className="flex items-center gap-1.5 pr-2 text-xs"
          style={{ height: LANE, marginBottom: GAP }}
        >
          <span className="line-clamp-2 leading-tight font-medium">{unit.name}</span>
          {unit.source === 'simulated' && <SimulatedMark />}
        </div>
      ))}
    </div>
  );
}
