import { useEffect, useState } from 'react';
import { frames } from '../live/frame-loop.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/language.ts';
import type { Schedule } from './schedule.ts';
import { type SelectionSummary, summarise } from './selection.ts';
import type { View } from './view.ts';

interface Props {
  readonly schedule: Schedule;
  readonly view: View;
}

/** What happened in the stretch that is selected. */
export function SelectionBar({ schedule, view }: Props) {
  const w = useWords();
  const f = useFormat();
  const summed = useSummary(schedule, view);
  if (!summed) return null;
  const { jobs, throughput, latency, waitMs, switches, failed, utilisation, fromMs, toMs } = summed;
  return (
    <div className="num mt-2 rounded-lg bg-accent-soft px-3 py-1.5 text-sm" data-testid="selection" aria-live="polite">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <b>{w.gantt.chosen(f.ms(fromMs), f.ms(toMs))}</b>
        <span>
          {f.number(jobs)} {w.gantt.jobs}
        </span>
        <span>
          {f.rate(throughput)} {w.common.perSecond}
        </span>
        <span>p50 {f.ms(latency.p50Ms)}</span>
        <span>p95 {f.ms(latency.p95Ms)}</span>
        <span>p99 {f.ms(latency.p99Ms)}</span>
        <span>
          {w.gantt.meanWait} {f.ms(waitMs)}
        </span>
        {switches > 0 && (
          <span>
            {w.run.switches} {f.number(switches)}
          </span>
        )}
        {failed > 0 && (
          <span className="font-semibold text-bad">
            {w.gantt.failedLegend} {f.number(failed)}
          </span>
        )}
        <button type="button" className="btn btn-quiet ml-auto" onClick={() => view.select(null)}>
          {w.gantt.clear}
        </button>
      </div>
      <p className="pb-0.5 text-xs text-quiet">
        {schedule.units.map((unit, i) => `${unit.name} ${f.share(utilisation[i])}`).join(' · ')}
      </p>
    </div>
  );
}

/** So often a selection of very many jobs is summed up while it is drawn or still grows: one of a million takes 40 ms. */
const EVERY_MS = 120;

type Summed = SelectionSummary & NonNullable<View['selection']>;

function useSummary(schedule: Schedule, view: View): Summed | null {
  const [summed, setSummed] = useState<Summed | null>(null);
  useEffect(() => {
    let last: View['selection'] = null;
    const frame = frames.add(() => {
      last = view.selection;
      setSummed(last && { ...summarise(schedule, last.fromMs, last.toMs), ...last });
    }, EVERY_MS);
    frame.ask();
    const leave = [
      view.hear(() => view.selection !== last && frame.ask()),
      schedule.hear(() => schedule.endMs > (last?.fromMs ?? 0) && !isPast(schedule, last) && frame.ask()),
    ];
    return () => {
      frame.leave();
      for (const go of leave) go();
    };
  }, [schedule, view]);
  return summed;
}

/** Nothing that is still to come can be in it: every unit has ended something later. */
const isPast = (schedule: Schedule, selection: View['selection']): boolean =>
  schedule.tracks.every(
    (track) => track.length > 0 && (track.beginMs[track.length - 1] ?? 0) >= (selection?.toMs ?? 0),
  );
