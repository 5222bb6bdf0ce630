import { OUTCOMES } from '../../../server/application/trace.ts';
import type { Words } from '../words/en.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/language.ts';
import type { Schedule } from './schedule.ts';
import type { View } from './view.ts';
import { whyOf } from './why.ts';

const MOST = 200;

/** The same as the chart, to be read: what is in view, in order of start. */
export function GanttTable({ schedule, view }: { readonly schedule: Schedule; readonly view: View }) {
  const w = useWords();
  const f = useFormat();
  const { columns } = schedule.trace;
  const rows = rowsInView(schedule, view);
  return (
    <div>
      {rows.length === MOST && <p className="mb-1 text-xs text-quiet">{w.gantt.tableNote(f.number(MOST))}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="scroll-x max-h-96 overflow-y-auto" tabIndex={0} aria-label={w.gantt.table}>
        <table className="table">
          <thead className="sticky top-0 bg-surface">
            <tr>
              <th scope="col">#</th>
              <th scope="col">{w.run.unit}</th>
              <th scope="col">{w.run.model}</th>
              <th scope="col" className="num">
                {w.gantt.from} (ms)
              </th>
              <th scope="col" className="num">
                {w.gantt.to} (ms)
              </th>
              <th scope="col" className="num">
                {w.gantt.switched}
              </th>
              <th scope="col">{w.gantt.outcome}</th>
              <th scope="col">{w.why.title}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <td className="num">{columns.job[row]}</td>
                <td>{schedule.units[columns.unit[row] ?? 0]?.name}</td>
                <td>{schedule.models[columns.model[row] ?? 0]?.name}</td>
                <td className="num">{f.number(columns.startMs[row], 2)}</td>
                <td className="num">{f.number(columns.endMs[row], 2)}</td>
                <td className="num">{columns.loadMs[row] ? f.ms(columns.loadMs[row]) : f.number(null)}</td>
                <td>{w.gantt[OUTCOMES[columns.outcome[row] ?? 0] ?? 'done']}</td>
                <td className="min-w-72">{sentenceOf(schedule, row, w)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function sentenceOf(schedule: Schedule, row: number, w: Words): string {
  const { columns } = schedule.trace;
  const why = whyOf(columns, row);
  if (!why) return w.common.none;
  const model = schedule.models[columns.model[row] ?? 0]?.name ?? '';
  return w.why.reason[why.reason](model, schedule.units[columns.unit[row] ?? 0]?.name ?? '');
}

function rowsInView(schedule: Schedule, view: View): number[] {
  const { columns } = schedule.trace;
  const rows = schedule.tracks.flatMap((track) => {
    const [first, end] = track.within(view.fromMs, view.toMs);
    return [...track.row.subarray(first, Math.min(end, first + MOST))];
  });
  return rows.sort((a, b) => (columns.startMs[a] ?? 0) - (columns.startMs[b] ?? 0)).slice(0, MOST);
}
