import Link from 'next/link';
import type { RunView } from '../../server/panel/wire.ts';
import { later } from '../ui/later.tsx';
import { Section } from '../ui/section.tsx';
import { Tile } from '../ui/tile.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { useNow } from './use-now.ts';

/** Fetched when there is something to draw. */
const LastSchedule = later(() => import('./last-schedule.tsx').then((module) => module.LastSchedule));

/** While nothing runs: the last ten seconds of what ran last, said to be over. */
export function LastRun({ run }: { readonly run: RunView }) {
  const w = useWords();
  const f = useFormat();
  const now = useNow();
  const title = (
    <Link href={`/runs/${run.id}`} prefetch={false} className="link">
      {w.run.title(String(run.id))} · {run.policy}
    </Link>
  );
  return (
    <Section title={title} hint={w.board.lastRan(f.since(run.endedAt, now))} className="h-full">
      <div className="grid min-h-[19rem] content-start gap-3" data-testid="last-run">
        <div className="grid grid-cols-3 gap-3">
          <Tile name={w.board.throughput} value={f.rate(run.throughput)} unit={w.common.perSecond} />
          <Tile name="p99" value={f.ms(run.p99Ms)} />
          <Tile name={w.board.done} value={f.share(run.jobs > 0 ? run.done / run.jobs : null)} />
        </div>
        <LastSchedule key={run.id} run={run} />
      </div>
    </Section>
  );
}
