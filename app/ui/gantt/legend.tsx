import { useMemo } from 'react';
import { looksOf } from '../model-look.ts';
import { ModelMark } from '../model-mark.tsx';
import { useWords } from '../words/language.ts';
import type { Schedule } from './schedule.ts';

export function Legend({ schedule, hint }: { readonly schedule: Schedule; readonly hint: boolean }) {
  const w = useWords();
  const looks = useMemo(() => looksOf(schedule.models.map((model) => model.id)), [schedule]);
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1.5 text-xs text-quiet">
      {schedule.models.map((model, i) => (
        <span key={model.id} className="inline-flex items-center gap-1.5">
          {looks[i] && <ModelMark look={looks[i]} />}
          {model.name}
        </span>
      ))}
      <span className="inline-flex items-center gap-1.5">
        <i aria-hidden="true" className="h-2 w-5 rounded-sm bg-line-strong" />
        {w.gantt.switchLegend}
      </span>
      <span className="inline-flex items-center gap-1.5">
        <i
          aria-hidden="true"
          className="grid h-4 w-5 place-items-center rounded-sm bg-bad text-2xs font-bold text-surface not-italic"
        >
          ×
        </i>
        {w.gantt.failedLegend}
      </span>
      {hint && <span className="ml-auto hidden lg:inline">{w.gantt.hint}</span>}
    </div>
  );
}
