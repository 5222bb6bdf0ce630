import { useMemo } from 'react';
import { looksOf } from '../model-look.ts';
import { ModelMark } from '../model-mark.tsx';
import { useWords } from '../words/language.ts';
import type { Mark } from './marks.ts';
import type { Schedule } from './schedule.ts';

interface Props {
  readonly schedule: Schedule;
  readonly marks: readonly Mark[];
  readonly hint: boolean;
}

export function Legend({ schedule, marks, hint }: Props) {
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
      {KINDS.filter((kind) => marks.some((mark) => mark.kind === kind)).map((kind) => (
        <span key={kind} className="inline-flex items-center gap-1.5">
          <i aria-hidden="true" className={`grid h-4 w-5 place-items-center rounded-sm not-italic ${LOOKS[kind].look}`}>
            {LOOKS[kind].sign}
          </i>
          {w.gantt.marks[kind]}
        </span>
      ))}
      {hint && <span className="ml-auto hidden lg:inline">{w.gantt.hint}</span>}
    </div>
  );
}

const KINDS: readonly Mark['kind'][] = ['away', 'slow', 'fault', 'throttled'];
const LOOKS: Readonly<Record<Mark['kind'], { readonly look: string; readonly sign: string }>> = {
  away: { look: 'border-x-2 border-bad bg-bad-soft', sign: '' },
  slow: { look: 'border-t-4 border-warn text-2xs font-bold text-warn', sign: '×' },
  fault: { look: 'text-bad', sign: '▼' },
  throttled: { look: 'border-x-2 border-warn bg-warn-soft text-2xs font-bold text-warn', sign: '%' },
};
