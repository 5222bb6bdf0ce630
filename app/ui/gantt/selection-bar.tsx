import { useEffect, useState } from 'react';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/language.ts';
import type { Schedule } from './schedule.ts';
import { summarise } from './selection.ts';
import type { View } from './view.ts';

/** What happened in the stretch that was selected. */
export function SelectionBar({ schedule, view }: { readonly schedule: Schedule; readonly view: View }) {
  const w = useWords();
  const f = useFormat();
  const [selection, setSelection] = useState(view.selection);
  useEffect(() => view.hear(() => setSelection(view.selection)), [view]);
  if (!selection) return null;
  const { jobs, throughput, p99Ms, utilisation } = summarise(schedule, selection.fromMs, selection.toMs);
  return (
    <div
      className="num mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg bg-accent-soft px-3 py-1.5 text-sm"
      aria-live="polite"
    >
      <b>{w.gantt.chosen(f.ms(selection.fromMs), f.ms(selection.toMs))}</b>
      <span>
        {f.number(jobs)} {w.gantt.jobs}
      </span>
      <span>
        {f.rate(throughput)} {w.common.perSecond}
      </span>
      <span>p99 {f.ms(p99Ms)}</span>
      <span className="text-quiet">
        {schedule.units.map((unit, i) => `${unit.name} ${f.share(utilisation[i])}`).join(' · ')}
      </span>
      <button type="button" className="btn btn-quiet ml-auto" onClick={() => view.select(null)}>
        {w.gantt.clear}
      </button>
    </div>
  );
}
