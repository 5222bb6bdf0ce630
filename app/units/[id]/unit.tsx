'use client';

import Link from 'next/link';
import type { KeptUnitEvent, Page, UnitDetail } from '../../../server/panel/wire.ts';
import { CoRunTable } from '../../(board)/co-run-table.tsx';
import { ProfileTable } from '../../(board)/profile-table.tsx';
import { SwitchTable } from '../../(board)/switch-table.tsx';
import { DriftCharts } from '../../models/drift-charts.tsx';
import { givenOf } from '../../models/given.ts';
import { later } from '../../ui/later.tsx';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { useEvent } from '../../ui/live/use-event.ts';
import { useLiveSnapshot } from '../../ui/live/use-live-snapshot.ts';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Simulated } from '../../ui/simulated.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { useModelName } from '../../ui/use-model-name.ts';
import { usePathName } from '../../ui/use-path-name.ts';
import { useWords } from '../../ui/words/language.ts';
import { Health } from './health.tsx';

/** Fetched after what stands above it. */
const Events = later(() => import('./events.tsx').then((module) => module.Events));

/** Fetched for administrators. */
const RealOptions = later(() => import('../../(board)/real-options.tsx').then((module) => module.RealOptions));

/** Fetched for whoever may turn them. */
const FaultKnobs = later(() => import('../../(board)/fault-knobs.tsx').then((module) => module.FaultKnobs));

/** Fetched after what stands above it. */
const Machine = later(() => import('./machine.tsx').then((module) => module.Machine));

/** One unit: how it is, what it can do and how long that takes, what happened to it, and what one may do to it. */
export function Unit() {
  const w = useWords();
  const id = usePathName();
  if (id === null) return <ToCome />;
  return id === '' ? <NothingHere sentence={w.units.notFound(id)} /> : <KnownUnit key={id} id={id} />;
}

function KnownUnit({ id }: { readonly id: string }) {
  const w = useWords();
  const modelName = useModelName();
  const { data, error, reload, change } = useLiveSnapshot<UnitDetail>(`/units/${encodeURIComponent(id)}`);
  useEvent((event) => {
    if (event.type === 'boards') reload();
    if (event.type === 'unit-event' && event.event.unit === id) {
      change((known) => ({ ...known, events: withEvent(known.events, event.event) }));
      reload(); // a new process, an exclusion: the rest may be another
    }
  });
  const own = useLive(({ board }) => board?.boards.flatMap((b) => b.units).find((unit) => unit.id === id));
  const profiles = useLive(({ board }) => board?.profiles);
  const operates = useLive(mayOperate);
  const admin = useLive(({ me }) => me?.role === 'admin');
  const stale = useLive(({ connection }) => connection === 'lost');
  if (error?.status === 404)
    return (
      <NothingHere sentence={w.units.notFound(id)}>
        <Link href="/units" className="btn">
          {w.units.all}
        </Link>
      </NothingHere>
    );
  if (!data) return error ? <Trouble error={error} again={reload} /> : <ToCome />;
  const unit = own ?? data.unit;
  const models = [...new Set([...Object.keys(unit.latencyMs ?? {}), ...modelsOf(id, profiles ?? [])])];
  return (
    <>
      <PageTitle title={unit.name} aside={<Simulated source={unit.source} />}>
        <Link href="/units" className="btn">
          {w.units.all}
        </Link>
      </PageTitle>
      <div data-stale={stale} className={`grid min-w-0 gap-5 ${stale ? 'opacity-60 saturate-50' : ''}`}>
        <Health unit={unit} upSince={data.upSince} />
        <Measured unit={unit} />
        <div className="grid min-w-0 items-start gap-5 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <div className="grid min-w-0 gap-5">
            <DriftCharts
              query={`unit=${encodeURIComponent(id)}`}
              pairs={models.map((model) => ({
                key: model,
                name: modelName(model),
                givenMs: givenOf(unit, model)?.ms ?? null,
                is: (record) => record.unit === id && record.model === model,
              }))}
            />
          </div>
          <div className="grid min-w-0 gap-5">
            <div className="min-h-24">
              <Machine machine={data.machine} computesWith={data.computesWith} deviceC={data.deviceC} />
            </div>
            <Events unit={id} events={data.events} />
            {unit.source === 'simulated' && operates && (
              <section className="card p-4">
                <FaultKnobs unit={unit} />
              </section>
            )}
            {unit.source === 'hardware' && admin && (
              <section className="card p-4">
                <RealOptions unit={unit} />
              </section>
            )}
          </div>
        </div>
      </div>
    </>
  );
}

/** Its tables, as the board's sheet has them. */
function Measured({ unit }: { readonly unit: UnitDetail['unit'] }) {
  return (
    <section className="card grid min-w-0 grid-cols-[minmax(0,1fr)] gap-6 p-4">
      <ProfileTable unit={unit} />
      <SwitchTable unit={unit} />
      <CoRunTable unit={unit} />
    </section>
  );
}

const modelsOf = (unit: string, profiles: readonly { readonly unit: string; readonly model: string }[]): string[] =>
  profiles.filter((profile) => profile.unit === unit).map(({ model }) => model);

/** Told and asked for at once: it stands there once. */
function withEvent(events: Page<KeptUnitEvent>, event: KeptUnitEvent): Page<KeptUnitEvent> {
  if (events.items.some(({ id }) => id === event.id)) return events;
  return { ...events, items: [event, ...events.items], total: events.total + 1 };
}

/** As tall as what comes. */
function ToCome() {
  return (
    <div aria-hidden="true" className="grid gap-5">
      <div className="skeleton h-10 w-72" />
      <div className="card h-32" />
      <div className="card h-72" />
    </div>
  );
}
