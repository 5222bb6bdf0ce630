import Link from 'next/link';
import { isOver } from '../../server/application/status.ts';
import { later } from '../ui/later.tsx';
import { useLive } from '../ui/live/store.ts';
import { Section } from '../ui/section.tsx';
import { Tile } from '../ui/tile.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { LastRun } from './last-run.tsx';

/** Fetched when something runs. */
const TailGantt = later(() => import('./tail-gantt.tsx').then((module) => module.TailGantt));

/** The run of the moment: its last ten seconds and what they come to. */
export function Now() {
  const w = useWords();
  const f = useFormat();
  const run = useLive((live) => live.state?.run ?? null);
  const name = useLive(({ board, state }) => board?.recent.find((r) => r.id === state?.run?.run)?.name);
  const policy = useLive(({ board, state }) => board?.recent.find((r) => r.id === state?.run?.run)?.policy);
  const measuring = useLive(({ board }) => board?.measuring?.status === 'measuring');
  const stale = useLive((live) => live.connection === 'lost');
  const last = useLive(({ board }) => board?.recent.find(({ status, done }) => done > 0 && isOver(status)));
  const waiting = run ? Object.values(run.waiting).reduce((sum, n) => sum + n, 0) : null;
  if (!run && last && !measuring) return <LastRun run={last} />;
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
        {run ? (
          <TailGantt key={run.run} run={run.run} />
        ) : (
          <p className="grid min-h-[12rem] place-items-center rounded-lg bg-sunken p-6 text-center text-sm text-quiet">
            {measuring ? w.board.measuringNow : w.board.idle}
          </p>
        )}
      </div>
    </Section>
  );
}
