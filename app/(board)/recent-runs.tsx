import Link from 'next/link';
import { useMemo } from 'react';
import type { RunView } from '../../server/panel/wire.ts';
import { Section } from '../ui/section.tsx';
import { Simulated } from '../ui/simulated.tsx';
import { StatusChip } from '../ui/status-chip.tsx';
import { ThrottledRun } from '../ui/throttled.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { fastestOf } from './fastest.ts';

/** So many of the newest come with the page at most (server/panel/routes/boards.ts). */
const RECENT = 10;
const SHOWN = 8;

export function RecentRuns({ runs }: { readonly runs: readonly RunView[] | null }) {
  const w = useWords();
  const f = useFormat();
  const fastest = useMemo(() => fastestOf(runs ?? [], (runs?.length ?? 0) < RECENT), [runs]);
  const all = (
    <Link href="/runs" className="link text-sm">
      {w.board.allRuns}
    </Link>
  );
  return (
    <Section title={w.board.recent} aside={all} flush className="h-full">
      {!runs && <div className="min-h-40" />}
      {runs?.length === 0 && <p className="px-4 pb-4 text-sm text-quiet">{w.board.recentEmpty}</p>}
      {runs && runs.length > 0 && (
        <ul className="divide-y divide-line border-t border-line">
          {runs.slice(0, SHOWN).map((run) => (
            <li key={run.id}>
              <Link
                href={`/runs/${run.id}`}
                prefetch={false}
                className="num flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 text-sm hover:bg-sunken"
              >
                <span className="w-10 text-quiet">#{run.id}</span>
                <span className="w-16 font-semibold">{run.policy}</span>
                <span className="min-w-0 flex-1 basis-24 truncate text-quiet">{run.name}</span>
                <Simulated source={run.source} />
                <ThrottledRun run={run} />
                {fastest.has(run.id) && <span className="chip bg-good-soft text-good">{w.create.fastest}</span>}
                <span className="sm:w-24">
                  <StatusChip status={run.status} />
                </span>
                <span className="w-24 text-right">
                  {f.rate(run.throughput)} <span className="text-xs text-quiet">{w.common.perSecond}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
