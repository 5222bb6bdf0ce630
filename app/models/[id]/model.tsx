'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ModelDetail } from '../../../server/panel/wire.ts';
import { api } from '../../ui/api.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { later } from '../../ui/later.tsx';
import { refresh } from '../../ui/live/socket.ts';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { useEvent } from '../../ui/live/use-event.ts';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { usePathName } from '../../ui/use-path-name.ts';
import { useSnapshot } from '../../ui/use-snapshot.ts';
import { useWords } from '../../ui/words/language.ts';
import { DriftCharts } from '../drift-charts.tsx';
import { givenOf } from '../given.ts';
import { Facts } from './facts.tsx';
import { Files } from './files.tsx';
import { PerUnit } from './per-unit.tsx';

/** Fetched when somebody opens it. */
const LabelsSheet = later(() => import('./labels-sheet.tsx').then((module) => module.LabelsSheet));

/** One network: what its file is, how long it takes on each unit, and how that has changed. */
export function Model() {
  const w = useWords();
  const id = usePathName();
  if (id === null) return <ToCome />;
  return id === '' ? <NothingHere sentence={w.models.notFound(id)} /> : <KnownModel key={id} id={id} />;
}

function KnownModel({ id }: { readonly id: string }) {
  const w = useWords();
  const { data: model, error, reload } = useSnapshot<ModelDetail>(`/models/${encodeURIComponent(id)}`);
  useEvent((event) => {
    if (event.type === 'boards') reload();
  });
  const boards = useLive(({ board }) => board?.boards ?? null);
  const stale = useLive(({ connection }) => connection === 'lost');
  const onlyInTables = error?.status === 404 && boards?.some(({ models }) => models.includes(id));
  if (error?.status === 404 && boards && !onlyInTables)
    return (
      <NothingHere sentence={w.models.notFound(id)}>
        <Link href="/models" className="btn">
          {w.models.all}
        </Link>
      </NothingHere>
    );
  if (error && !onlyInTables && !model) return <Trouble error={error} again={reload} />;
  if (!boards || (!model && !onlyInTables)) return <ToCome />;
  const units = boards.filter(({ models }) => models.includes(id)).flatMap((board) => board.units);
  return (
    <>
      <Head id={id} model={model} reload={reload} />
      <div data-stale={stale} className={`grid min-w-0 gap-5 ${stale ? 'opacity-60 saturate-50' : ''}`}>
        {model ? (
          <>
            <Facts model={model} />
            <Files model={model} reload={reload} />
          </>
        ) : (
          <p className="text-sm text-quiet">{w.models.tableOnlyHint}</p>
        )}
        <PerUnit model={id} units={units} hasFile={model !== null} />
        <DriftCharts
          query={`model=${encodeURIComponent(id)}`}
          pairs={units.map((unit) => ({
            key: unit.id,
            name: unit.name,
            givenMs: givenOf(unit, id)?.ms ?? null,
            is: (record) => record.unit === unit.id && record.model === id,
          }))}
        />
      </div>
    </>
  );
}

interface HeadProps {
  readonly id: string;
  /** null: it has no file. */
  readonly model: ModelDetail | null;
  reload(): void;
}

function Head({ id, model, reload }: HeadProps) {
  const w = useWords();
  const router = useRouter();
  const operates = useLive(mayOperate);
  const [open, setOpen] = useState<'labels' | 'remove' | null>(null);
  const own = model && !model.builtIn && operates ? model : null;
  return (
    <>
      <PageTitle
        title={model?.name ?? id}
        aside={
          <>
            {model?.builtIn && <span className="chip">{w.models.builtIn}</span>}
            {!model && <span className="chip">{w.models.tableOnly}</span>}
            {model && !model.trained && (
              <span className="chip bg-warn-soft text-warn" title={w.models.untrainedHint}>
                {w.common.untrained}
              </span>
            )}
          </>
        }
      >
        <Link href="/models" className="btn">
          {w.models.all}
        </Link>
        {own && (
          <>
            <button type="button" className="btn" onClick={() => setOpen('labels')}>
              {own.hasLabels ? w.models.replaceLabels : w.models.setLabels}
            </button>
            <button type="button" className="btn btn-danger" onClick={() => setOpen('remove')}>
              {w.models.remove}
            </button>
          </>
        )}
        <Link href={`/infer?model=${encodeURIComponent(id)}`} className="btn btn-primary">
          {w.models.try}
        </Link>
      </PageTitle>
      {own && open === 'labels' && (
        <LabelsSheet
          model={own}
          onClose={() => setOpen(null)}
          onSaved={() => {
            setOpen(null);
            reload();
          }}
        />
      )}
      {own && open === 'remove' && (
        <Confirm
          question={w.models.removeQuestion(own.name)}
          yes={w.models.remove}
          onNo={() => setOpen(null)}
          onYes={async () => {
            await api.delete(`/models/${encodeURIComponent(id)}`);
            router.push('/models');
            await refresh();
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
      <div className="skeleton h-10 w-72" />
      <div className="card h-28" />
      <div className="card h-72" />
      <div className="card h-52" />
    </div>
  );
}
