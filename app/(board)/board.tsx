'use client';

import Link from 'next/link';
import { useState } from 'react';
import { later } from '../ui/later.tsx';
import { mayOperate, useLive } from '../ui/live/store.ts';
import { PageTitle } from '../ui/page-title.tsx';
import { useWords } from '../ui/words/language.ts';
import { BoardUnits } from './board-units.tsx';
import { ExperimentQueue } from './experiment-queue.tsx';
import { Now } from './now.tsx';
import { QuickStart } from './quick-start.tsx';
import { RecentRuns } from './recent-runs.tsx';

// Fetched when somebody opens them.
const AddBoard = later(() => import('./add-board.tsx').then((module) => module.AddBoard));
const UnitSheet = later(() => import('./unit-sheet.tsx').then((module) => module.UnitSheet));

/** What there is, what it does now, and where to begin. */
export function Board() {
  const w = useWords();
  const board = useLive((live) => live.board);
  const operates = useLive(mayOperate);
  const [unit, setUnit] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageTitle title={w.board.title}>
        {operates && (
          <>
            <button type="button" className="btn" onClick={() => setAdding(true)}>
              {w.board.custom.add}
            </button>
            <Link href="/experiments/new" className="btn btn-primary">
              {w.nav.create}
            </Link>
          </>
        )}
      </PageTitle>
      <div className="grid gap-5 xl:grid-cols-3">
        <div className="xl:col-span-3">
          <BoardUnits boards={board?.boards ?? null} onUnit={setUnit} />
        </div>
        <div className="-order-1 min-w-0 xl:order-none xl:col-span-2">
          <Now />
        </div>
        <div className="-order-2 min-w-0 xl:order-none">
          <QuickStart />
        </div>
        <div className="min-w-0 xl:col-span-2">
          <RecentRuns runs={board?.recent ?? null} />
        </div>
        <div className="min-w-0">
          <ExperimentQueue experiments={board?.experiments ?? null} />
        </div>
      </div>
      {unit && <UnitSheet id={unit} onClose={() => setUnit(null)} />}
      {adding && <AddBoard onClose={() => setAdding(false)} />}
    </>
  );
}
