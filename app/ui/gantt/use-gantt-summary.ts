import { useEffect, useState } from 'react';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/language.ts';
import type { Mark } from './marks.ts';
import type { Schedule } from './schedule.ts';

const EVERY_MS = 3000;

/** The chart in words, for those who do not see it; renewed every few seconds while it grows. */
export function useGanttSummary(schedule: Schedule, marks: readonly Mark[]): string {
  const w = useWords();
  const f = useFormat();
  const [rows, setRows] = useState(0);
  useEffect(() => {
    setRows(schedule.trace.nextSeq);
    let due: ReturnType<typeof setTimeout> | null = null;
    const leave = schedule.hear(() => {
      due ??= setTimeout(() => {
        due = null;
        setRows(schedule.trace.nextSeq);
      }, EVERY_MS);
    });
    return () => {
      leave();
      if (due) clearTimeout(due);
    };
  }, [schedule]);
  if (rows === 0 || schedule.endMs === 0) return w.gantt.empty;
  const busy = schedule.units.map((unit, i) => `${unit.name} ${f.share(busyShare(schedule, i))}`).join(', ');
  const said = w.gantt.summary(f.number(schedule.units.length), f.number(rows), f.ms(schedule.endMs), busy);
  if (marks.length === 0) return said;
  const count = (kind: Mark['kind']) => f.number(marks.filter((mark) => mark.kind === kind).length);
  return `${said} ${w.gantt.summaryMarks(count('away'), count('slow'), count('fault'), count('throttled'))}`;
}

/** Of the whole run, from what is kept at every scale: nothing is counted again, however many rows there are. */
function busyShare(schedule: Schedule, unit: number): number {
  const shares = new Float32Array(schedule.failedKind + 1);
  schedule.tracks[unit]?.read(0, schedule.endMs, 1, shares);
  return shares.reduce((sum, share, kind) => (kind === schedule.switchKind ? sum : sum + share), 0);
}
