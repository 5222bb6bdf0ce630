import { useMemo } from 'react';
import { Gantt } from '../ui/gantt/gantt.tsx';
import { createView } from '../ui/gantt/view.ts';
import { usePresent } from '../ui/live/use-present.ts';
import { useTail } from '../ui/live/use-tail.ts';
import { useWaitingTail } from '../ui/live/use-waiting-tail.ts';
import { useWords } from '../ui/words/language.ts';

/** The last ten seconds of the run that goes on, as they go by. */
export function TailGantt({ run }: { readonly run: number }) {
  const w = useWords();
  const schedule = useTail(run);
  const waiting = useWaitingTail(run);
  const present = usePresent(run, schedule, true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another schedule, another view
  const view = useMemo(() => createView('follow'), [schedule]);
  if (!schedule || !present)
    return (
      <p className="grid min-h-[12rem] place-items-center rounded-lg bg-sunken p-6 text-center text-sm text-quiet">
        {w.run.preparing}
      </p>
    );
  return <Gantt schedule={schedule} view={view} present={present} waiting={waiting} still />;
}
