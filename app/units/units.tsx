'use client';

import type { UnitSummary } from '../../server/panel/wire.ts';
import { boardName } from '../ui/board-name.ts';
import { later } from '../ui/later.tsx';
import { mayOperate, useLive } from '../ui/live/store.ts';
import { useEvent } from '../ui/live/use-event.ts';
import { NothingHere } from '../ui/nothing-here.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { Section } from '../ui/section.tsx';
import { Simulated } from '../ui/simulated.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useSnapshot } from '../ui/use-snapshot.ts';
import { useWords } from '../ui/words/language.ts';
import { UnitTable } from './unit-table.tsx';

/** Fetched after what stands above it. */
const Doctor = later(() => import('./doctor.tsx').then((module) => module.Doctor));

/** Every unit of every board: how it is, what it holds, and what happened to it last. */
export function Units() {
  const w = useWords();
  const { data: units, error, reload } = useSnapshot<readonly UnitSummary[]>('/units');
  useEvent((event) => {
    if (event.type === 'unit-event' || event.type === 'boards') reload();
  });
  const boards = useLive(({ board }) => board?.boards ?? null);
  const stale = useLive(({ connection }) => connection === 'lost');
  const operates = useLive(mayOperate);
  const withUnits = boards?.filter((board) => board.units.length > 0) ?? [];
  return (
    <>
      <PageTitle title={w.units.title} />
      {error && <Trouble error={error} again={reload} />}
      {units && boards ? (
        <div data-stale={stale} className={`grid min-w-0 gap-5 ${stale ? 'opacity-60 saturate-50' : ''}`}>
          {withUnits.length === 0 && <NothingHere sentence={w.units.none} />}
          {withUnits.map((board) => (
            <Section
              key={board.id}
              flush
              title={
                <span className="flex flex-wrap items-center gap-2">
                  {boardName(board, w)} {board.simulated && <Simulated source="simulated" />}
                </span>
              }
            >
              <UnitTable
                name={boardName(board, w)}
                units={board.units.flatMap((unit) => units.find((each) => each.unit.id === unit.id) ?? [])}
              />
            </Section>
          ))}
          {operates && <Doctor />}
        </div>
      ) : (
        !error && <ToCome />
      )}
    </>
  );
}

/** As tall as what comes. */
function ToCome() {
  return (
    <div aria-hidden="true" className="grid gap-5">
      <div className="card h-36" />
      <div className="card h-72" />
    </div>
  );
}
