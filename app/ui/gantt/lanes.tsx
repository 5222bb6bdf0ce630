import { SimulatedMark } from '../simulated.tsx';
import { useWords } from '../words/language.ts';
import { AXIS, GAP, LANE } from './paint.ts';
import type { Schedule } from './schedule.ts';

/** Names of the units, beside their lanes. */
export function Lanes({ schedule, waiting }: { readonly schedule: Schedule; readonly waiting: boolean }) {
  const w = useWords();
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
      {waiting && (
        <div className="flex items-center pr-2 text-xs text-quiet" style={{ height: LANE, marginBottom: GAP }}>
          {w.gantt.waiting}
        </div>
      )}
    </div>
  );
}
