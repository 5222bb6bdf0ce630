import { OUTCOMES } from '../../../server/application/trace.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/language.ts';
import { laneTop } from './paint.ts';
import type { Schedule } from './schedule.ts';
import type { Hovered } from './slice-at.ts';
import { whyOf } from './why.ts';

/** The job under the pointer. */
export function HoverCard({ hovered, schedule }: { readonly hovered: Hovered; readonly schedule: Schedule }) {
  const w = useWords();
  const f = useFormat();
  const { columns } = schedule.trace;
  const { row, unit, x } = hovered;
  const startMs = columns.startMs[row] ?? 0;
  const loadMs = columns.loadMs[row] ?? 0;
  const waitMs = startMs - loadMs - (columns.arrivalMs[row] ?? 0);
  const attempt = columns.attempt[row] ?? 1;
  const outcome = OUTCOMES[columns.outcome[row] ?? 0] ?? 'done';
  const why = whyOf(columns, row);
  const model = schedule.models[columns.model[row] ?? 0]?.name ?? '';
  const name = schedule.units[unit]?.name ?? '';
  return (
    <div
      data-testid="hover-card"
      className="card num pointer-events-none absolute z-10 w-64 -translate-x-1/2 px-3 py-2 text-xs shadow-lg"
      style={{ top: laneTop(unit + 1), left: `clamp(8rem, calc(9.5rem + ${x} * (100% - 9.5rem)), calc(100% - 8rem))` }}
    >
      <p className="flex justify-between gap-2 font-semibold">
        <span>{model}</span>
        <span>{w.gantt.job(f.number(columns.job[row]))}</span>
      </p>
      <p className="text-quiet">
        {name} · {f.number(startMs, 2)} ms
      </p>
      <p>
        {w.gantt.wait} {f.ms(waitMs)} · {w.gantt.service} {f.ms((columns.endMs[row] ?? 0) - startMs)}
        {loadMs > 0 && ` · ${w.gantt.switched} ${f.ms(loadMs)}`}
      </p>
      {outcome !== 'done' && <p className="font-semibold text-bad">{w.gantt[outcome]}</p>}
      {attempt > 1 && <p>{w.gantt.attempt(f.number(attempt))}</p>}
      <p className={`mt-1 border-t border-line pt-1 ${why ? '' : 'text-quiet'}`}>
        {why ? w.why.reason[why.reason](model, name) : w.why.unexplained}
      </p>
      {why && (
        <p className="text-quiet">
          {w.why.expected} {f.ms(why.expectedMs)} · {w.why.took(f.ms(why.tookMs))}
        </p>
      )}
    </div>
  );
}
