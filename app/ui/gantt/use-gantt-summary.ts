import { useEffect, useState } from 'react';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/language.ts';
import type { Schedule } from './schedule.ts';
import { summarise } from './selection.ts';

const EVERY_MS = 3000;

/** The chart in words, for those who do not see it; renewed every few seconds while it grows. */
export function useGanttSummary(schedule: Schedule): string {
  const w = useWords();
  const f = useFormat();
  const [rows, setRows] = useState(0);
  useEffect(() => {
    setRows(schedule.trace.rows);
    let due: ReturnType<typeof setTimeout> | null = null;
    const leave = schedule.hear(() => {
      due ??= setTimeout(() => {
        due = null;
        setRows(schedule.trace.rows);
      }, EVERY_MS);
    });
    return () => {
      leave();
      if (due) clearTimeout(due);
    };
  }, [schedule]);
  if (rows === 0 || schedule.endMs === 0) return w.gantt.empty;
  const { utilisation } = summarise(schedule, 0, schedule.endMs);
  const busy = schedule.units.map((unit, i) => `${unit.name} ${f.share(utilisation[i])}`).join(', ');
  return w.gantt.summary(f.number(schedule.units.length), f.number(rows), f.ms(schedule.endMs), busy);
}
