import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useMemo } from 'react';
import { createView } from '../ui/gantt/view.ts';
import { useLive } from '../ui/live/store.ts';
import { usePresent } from '../ui/live/use-present.ts';
import { useTail } from '../ui/live/use-tail.ts';
import { Section } from '../ui/section.tsx';
import { Tile } from '../ui/tile.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

/** Fetched when something runs. */
const Gantt = dynamic(() => import('../ui/gantt/gantt.tsx').then((module) => module.Gantt));

/** The run of the moment: its last ten seconds and what they come to. */
export function Now() {
  const w = useWords();
  const f = useFormat();
  const run = useLive((live) => live.state?.run ?? null);
  const name = useLive(({ board, state }) => board?.recent.find((r) => r.id === state?.run?.run)?.name);
  const policy = useLive(({ board, state }) => board?.recent.find((r) => r.id === state?.run?.run)?.policy);
  const measuring = useLive(({ board }) => board?.measuring?.status === 'measuring');
  const stale = useLive((live) => live.connection === 'lost');
  const schedule = useTail(run?.run ?? null);
  const present = usePresent(run?.run ?? 0, schedule, run !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another schedule, another view
  const view = useMemo(() => createView('follow'), [schedule]);
  const waiting = run ? Object.values(run.waiting).reduce((sum, n) => sum + n, 0) : null;
  const title = run ? (
    <Link href={`/runs/${run.run}`} prefetch={false} className="link">
      {w.run.title(String(run.run))}
      {policy && ` · ${policy}`}
    </Link>
  ) : (
    w.board.now
  );
  return (
    <Section title={title} hint={run ? name || w.board.lastSeconds : undefined} className="h-full">
      <div className={`grid min-h-[19rem] content-start gap-3 ${stale ? 'opacity-60 saturate-50' : ''}`}>
        <div className="grid grid-cols-3 gap-3">
          <Tile name={w.board.throughput} value={f.rate(run?.throughput)} unit={w.common.perSecond} />
          <Tile name={w.board.queue} value={f.number(waiting)} />
          <Tile name={w.board.done} value={run ? f.share(run.total ? run.done / run.total : 0) : f.number(null)} />
        </div>
        {run && schedule && present ? (
          <Gantt key={run.run} schedule={schedule} view={view} present={present} still />
        ) : (
          <p className="grid min-h-[12rem] place-items-center rounded-lg bg-sunken p-6 text-center text-sm text-quiet">
            {run ? w.run.preparing : measuring ? w.board.measuringNow : w.board.idle}
          </p>
        )}
      </div>
    </Section>
  );
}
