import { useMemo } from 'react';
import { OUTCOMES } from '../../../server/application/trace.ts';
import { looksOf } from '../model-look.ts';
import { ModelMark } from '../model-mark.tsx';
import { CloseIcon } from '../shell/icons.tsx';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/language.ts';
import { bringIntoView, type Pin, type Step, stepFrom } from './pin.ts';
import type { Schedule } from './schedule.ts';
import { usePinned } from './use-pinned.ts';
import type { View } from './view.ts';
import { lateMs, whyOf } from './why.ts';
import { WhyTable } from './why-table.tsx';

interface Props {
  readonly schedule: Schedule;
  readonly view: View;
  readonly pin: Pin;
}

/** Why the pinned job went where it went; stays until it is closed. */
export function WhyPanel({ schedule, view, pin }: Props) {
  const w = useWords();
  const row = usePinned(pin);
  if (row === null || row >= schedule.trace.rows) return null;
  const { columns } = schedule.trace;
  const why = whyOf(columns, row);
  const unit = schedule.units[columns.unit[row] ?? 0]?.name ?? '';
  const model = schedule.models[columns.model[row] ?? 0]?.name ?? '';
  const go = (step: Step) => {
    const to = stepFrom(schedule, view, row, step);
    if (to === null) return;
    pin.set(to);
    bringIntoView(schedule, view, to);
  };
  return (
    <section
      aria-label={w.why.title}
      data-testid="why-panel"
      className="mt-2 rounded-lg border border-line-strong bg-surface"
    >
      <div className="flex items-center gap-1 border-b border-line py-1 pr-1 pl-3">
        <Heading schedule={schedule} row={row} />
        <button
          type="button"
          className="btn btn-quiet px-2.5"
          aria-label={w.why.previous}
          onClick={() => go('previous')}
        >
          ‹
        </button>
        <button type="button" className="btn btn-quiet px-2.5" aria-label={w.why.next} onClick={() => go('next')}>
          ›
        </button>
        <button type="button" className="btn btn-quiet px-2" aria-label={w.shell.close} onClick={() => pin.set(null)}>
          <CloseIcon />
        </button>
      </div>
      <div className="grid gap-x-6 gap-y-2 px-3 py-2.5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]">
        <div className="min-w-0">
          <p className={why ? 'font-medium' : 'text-sm text-quiet'} data-testid="why-sentence" aria-live="polite">
            {why ? w.why.reason[why.reason](model, unit) : w.why.unexplained}
          </p>
          <Facts schedule={schedule} row={row} />
        </div>
        {why && (
          <div className="min-w-0">
            <WhyTable why={why} schedule={schedule} />
          </div>
        )}
      </div>
    </section>
  );
}

function Heading({ schedule, row }: { readonly schedule: Schedule; readonly row: number }) {
  const w = useWords();
  const f = useFormat();
  const { columns } = schedule.trace;
  const looks = useMemo(() => looksOf(schedule.models.map((model) => model.id)), [schedule]);
  const m = columns.model[row] ?? 0;
  return (
    <h3 className="num flex min-w-0 flex-1 flex-wrap items-center gap-x-2 text-sm font-semibold">
      {looks[m] && <ModelMark look={looks[m]} />}
      <span className="truncate">{schedule.models[m]?.name}</span>
      <span className="font-normal text-quiet">
        {w.gantt.job(f.number(columns.job[row]))} · {schedule.units[columns.unit[row] ?? 0]?.name}
      </span>
    </h3>
  );
}

/** What came of it, in the order in which it happened. */
function Facts({ schedule, row }: { readonly schedule: Schedule; readonly row: number }) {
  const w = useWords();
  const f = useFormat();
  const { columns } = schedule.trace;
  const startMs = columns.startMs[row] ?? 0;
  const loadMs = columns.loadMs[row] ?? 0;
  const late = lateMs(columns, row);
  const outcome = OUTCOMES[columns.outcome[row] ?? 0] ?? 'done';
  const attempt = columns.attempt[row] ?? 1;
  return (
    <p className="num mt-1 flex flex-wrap gap-x-3 text-xs text-quiet">
      <span>
        {w.gantt.wait} {f.ms(startMs - loadMs - (columns.arrivalMs[row] ?? 0))}
      </span>
      {loadMs > 0 && (
        <span>
          {w.gantt.switched} {f.ms(loadMs)}
        </span>
      )}
      <span>
        {w.gantt.service} {f.ms((columns.endMs[row] ?? 0) - startMs)}
      </span>
      {late !== null && (
        <span className={late > 0 ? 'font-semibold text-bad' : ''}>
          {late > 0 ? w.why.late(f.ms(late)) : w.why.early(f.ms(-late))}
        </span>
      )}
      {outcome !== 'done' && <span className="font-semibold text-bad">{w.gantt[outcome]}</span>}
      {attempt > 1 && <span>{w.gantt.attempt(f.number(attempt))}</span>}
    </p>
  );
}
