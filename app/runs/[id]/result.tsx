import type { RunDetail } from '../../../server/panel/wire.ts';
import type { Schedule } from '../../ui/gantt/schedule.ts';
import { useWords } from '../../ui/words/language.ts';
import { Answers } from './answers.tsx';
import { Distribution } from './distribution.tsx';
import { PerModel } from './per-model.tsx';
import { PerUnit } from './per-unit.tsx';
import { Quality } from './quality.tsx';
import { Verdict } from './verdict.tsx';

/** What came of it. */
export function Result({ run, schedule }: { readonly run: RunDetail; readonly schedule: Schedule | null }) {
  const w = useWords();
  return (
    <>
      {run.figures ? (
        <div className="grid items-start gap-5 xl:grid-cols-2">
          <Verdict run={run} figures={run.figures} />
          <Distribution run={run} schedule={schedule} />
          <PerModel run={run} figures={run.figures} />
          <PerUnit run={run} figures={run.figures} />
        </div>
      ) : (
        <p className="card px-4 py-3 text-sm text-quiet">{w.run.noFigures}</p>
      )}
      {run.answers.length > 0 && <Answers run={run} />}
      <Quality run={run} />
    </>
  );
}
