import { useEffect, useRef, useState } from 'react';
import type { RunDetail } from '../../../server/panel/wire.ts';
import { bringIntoView, type Pin } from '../../ui/gantt/pin.ts';
import type { Schedule } from '../../ui/gantt/schedule.ts';
import { usePinned } from '../../ui/gantt/use-pinned.ts';
import type { View } from '../../ui/gantt/view.ts';
import { whyOf } from '../../ui/gantt/why.ts';
import { looksOf } from '../../ui/model-look.ts';
import { ModelMark } from '../../ui/model-mark.tsx';
import { ScrollX } from '../../ui/scroll-x.tsx';
import { Section } from '../../ui/section.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { newestDecisions } from './newest-decisions.ts';
import { rowOfJob } from './row-of-job.ts';

interface Props {
  readonly run: RunDetail;
  readonly schedule: Schedule;
  readonly view: View;
  readonly pin: Pin;
}

/** So many of the newest are listed; any job is found by its number. */
const MOST = 30;
const EVERY_MS = 500;

/** What the scheduler decided lately and why, newest first; a line leads to its slice in the schedule. */
export function Decisions({ run, schedule, view, pin }: Props) {
  const w = useWords();
  const rows = useNewest(schedule);
  const pinned = usePinned(pin);
  const show = (row: number) => {
    pin.set(row);
    bringIntoView(schedule, view, row);
  };
  return (
    <Section
      title={w.run.decisionLog}
      hint={w.run.decisionLogHint}
      anchor="decisions"
      flush
      aside={<FindJob schedule={schedule} onFound={show} />}
    >
      <ScrollX name={w.run.decisionLog} className="max-h-96 overflow-y-auto">
        <table className="table" data-testid="decisions">
          <thead>
            <tr>
              <th scope="col" className="num">
                {w.run.at}
              </th>
              <th scope="col" className="num">
                {w.run.jobNo}
              </th>
              <th scope="col">{w.run.model}</th>
              <th scope="col">{w.run.unit}</th>
              <th scope="col" className="num">
                {w.why.expected}
              </th>
              <th scope="col">{w.why.title}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Decision
                key={`${schedule.trace.columns.job[row]} ${schedule.trace.columns.attempt[row]}`}
                {...{ run, schedule, row }}
                pinned={row === pinned}
                onShow={() => show(row)}
              />
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Section>
  );
}

interface DecisionProps {
  readonly run: RunDetail;
  readonly schedule: Schedule;
  readonly row: number;
  readonly pinned: boolean;
  onShow(): void;
}

function Decision({ run, schedule, row, pinned, onShow }: DecisionProps) {
  const w = useWords();
  const f = useFormat();
  const { columns } = schedule.trace;
  const m = columns.model[row] ?? 0;
  const model = run.models[m]?.name ?? '';
  const unit = run.units[columns.unit[row] ?? 0]?.name ?? '';
  const look = looksOf(run.models.map(({ id }) => id))[m];
  const why = whyOf(columns, row);
  return (
    <tr className={pinned ? 'bg-accent-soft' : undefined}>
      <td className="num">{f.ms(columns.dispatchMs[row])}</td>
      <td className="num">
        <button type="button" className="link" onClick={onShow}>
          {f.number(columns.job[row])}
        </button>
      </td>
      <td>
        <span className="inline-flex items-center gap-2 whitespace-nowrap">
          {look && <ModelMark look={look} />}
          {model}
        </span>
      </td>
      <td className="whitespace-nowrap">{unit}</td>
      <td className="num">{f.ms(why?.expectedMs)}</td>
      <td className="min-w-80 text-quiet">{why ? w.why.reason[why.reason](model, unit) : w.why.unexplained}</td>
    </tr>
  );
}

/** By its number; the slash leads here from anywhere on the page. */
function FindJob({ schedule, onFound }: { readonly schedule: Schedule; onFound(row: number): void }) {
  const w = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', slash);
    return () => document.removeEventListener('keydown', slash);
  }, []);
  return (
    <form
      className="flex items-center gap-2 text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        const row = rowOfJob(schedule.trace, Number(input.current?.value || Number.NaN));
        setMissing(row === null);
        if (row !== null) onFound(row);
      }}
    >
      <span role="status" className="text-xs text-bad">
        {missing && w.run.noSuchJob}
      </span>
      <input
        ref={input}
        type="number"
        min={0}
        className="field num min-h-9 w-40 py-0"
        aria-label={w.run.findJob}
        placeholder={w.run.findJob}
        onChange={() => setMissing(false)}
      />
    </form>
  );
}

/** Rows of the newest, the newest first; looked for again now and then while the run goes on. */
function useNewest(schedule: Schedule): number[] {
  const [rows, setRows] = useState<number[]>([]);
  useEffect(() => {
    let due: ReturnType<typeof setTimeout> | null = null;
    const look = () => {
      due = null;
      setRows(newestDecisions(schedule.trace, MOST));
    };
    look();
    const leave = schedule.hear(() => {
      due ??= setTimeout(look, EVERY_MS);
    });
    return () => {
      leave();
      if (due) clearTimeout(due);
    };
  }, [schedule]);
  return rows;
}
