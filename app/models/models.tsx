'use client';

import { useState } from 'react';
import { later } from '../ui/later.tsx';
import { mayOperate, useLive } from '../ui/live/store.ts';
import { NothingHere } from '../ui/nothing-here.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useWords } from '../ui/words/language.ts';
import { ModelTable } from './model-table.tsx';
import { TimesTable } from './times-table.tsx';
import { useModels } from './use-models.ts';

/** Fetched when somebody opens it. */
const AddModel = later(() => import('./add-model.tsx').then((module) => module.AddModel));

/** Every network there is, and how long each takes on every unit. */
export function Models() {
  const w = useWords();
  const { data: models, error, reload } = useModels();
  const boards = useLive(({ board }) => board?.boards ?? null);
  const operates = useLive(mayOperate);
  const stale = useLive(({ connection }) => connection === 'lost');
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageTitle title={w.models.title}>
        {operates && (
          <button type="button" className="btn btn-primary" onClick={() => setAdding(true)}>
            {w.models.add}
          </button>
        )}
      </PageTitle>
      {error && <Trouble error={error} again={reload} />}
      {models && boards ? (
        <div data-stale={stale} className={`grid min-w-0 gap-5 ${stale ? 'opacity-60 saturate-50' : ''}`}>
          {models.length === 0 && <NothingHere sentence={w.models.empty} />}
          <ModelTable models={models} boards={boards} />
          {boards.map((board) => (
            <TimesTable key={board.id} board={board} models={models} />
          ))}
        </div>
      ) : (
        !error && <ToCome />
      )}
      {adding && (
        <AddModel
          taken={models?.map(({ id }) => id) ?? []}
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            reload();
          }}
        />
      )}
    </>
  );
}

/** As tall as what comes. */
function ToCome() {
  return (
    <div aria-hidden="true" className="grid gap-5">
      <div className="card h-56" />
      <div className="card h-72" />
      <div className="card h-72" />
    </div>
  );
}
