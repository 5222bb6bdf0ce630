'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { ExperimentView } from '../../../server/panel/wire.ts';
import { api } from '../../ui/api.ts';
import { later } from '../../ui/later.tsx';
import { isGuest, mayOnlyWatch, useLive } from '../../ui/live/store.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { useWords } from '../../ui/words/language.ts';
import { type Draft, EMPTY } from './draft.ts';
import { LaunchBar } from './launch-bar.tsx';
import { ModelsPart } from './models-part.tsx';
import { PoliciesPart } from './policies-part.tsx';
import { Prediction } from './prediction.tsx';
import { PresetBar } from './preset-bar.tsx';
import { UnitsPart } from './units-part.tsx';
import { useChecked } from './use-checked.ts';
import { useEstimate } from './use-estimate.ts';
import { useOffer } from './use-offer.ts';
import { useStartingPoint } from './use-starting-point.ts';
import { WorkloadPart } from './workload-part.tsx';

/** Fetched after what stands above it. */
const ConditionsPart = later(() => import('./conditions-part.tsx').then((module) => module.ConditionsPart));

/** Fetched after what stands above it. */
const WishesPart = later(() => import('./wishes-part.tsx').then((module) => module.WishesPart));

/** Of no use before there is something to copy, and fetched beside it. */
const CopySpec = dynamic(() => import('./copy-spec.tsx').then((module) => module.CopySpec), {
  loading: () => <span className="btn invisible w-20" />,
});
/** Fetched behind the rest: only real units look at pictures. */
const PicturesPart = later(() => import('./pictures-part.tsx').then((module) => module.PicturesPart));

export interface PartProps {
  readonly draft: Draft;
  change(part: Partial<Draft>): void;
  readonly errors: Readonly<Record<string, string>>;
}

/** Asks a question of the board: filled in, predicted, launched. */
export function NewExperiment() {
  const w = useWords();
  const router = useRouter();
  const offer = useOffer();
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const from = useStartingPoint(offer, setDraft);
  const onlyWatches = useLive(mayOnlyWatch);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const change = (part: Partial<Draft>) => setDraft((draft) => ({ ...draft, ...part }));

  const { spec, errors } = useChecked(draft, from.ready);
  const guest = useLive(isGuest);
  const estimate = useEstimate(guest ? null : spec);

  const launch = async () => {
    if (!spec || busy || onlyWatches) return;
    setBusy(true);
    setError(null);
    try {
      const experiment = await api.post<ExperimentView>('/experiments', spec);
      const first = experiment.runs[0];
      router.push(first ? `/runs/${first.id}` : `/experiments/${experiment.id}`);
    } catch (error) {
      setError(error);
      setBusy(false);
    }
  };
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void launch();
    };
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  });

  const part: PartProps = { draft, change, errors };
  return (
    <>
      <PageTitle
        title={w.create.title}
        aside={from.run && <span className="chip">{w.create.prefilled(from.run)}</span>}
      >
        <CopySpec spec={spec} />
      </PageTitle>
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <form className="grid gap-5" onSubmit={(event) => event.preventDefault()} aria-label={w.create.title}>
          <PresetBar {...part} offer={offer} spec={spec} onDraft={setDraft} />
          <UnitsPart {...part} offer={offer} />
          <ModelsPart {...part} offer={offer} />
          <PoliciesPart {...part} offer={offer} />
          <WorkloadPart {...part} offer={offer} />
          <WishesPart {...part} offer={offer} />
          <ConditionsPart {...part} offer={offer} />
          <PicturesPart {...part} offer={offer} />
        </form>
        <div className="flex flex-col gap-4 max-xl:pb-24 xl:sticky xl:top-[4.75rem] xl:max-h-[calc(100dvh-6rem)]">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: many policies scroll here, by keyboard too */}
          <section aria-label={w.create.estimate} tabIndex={0} className="min-h-0 rounded-xl xl:overflow-y-auto">
            <Prediction
              spec={spec}
              estimate={estimate}
              onRate={(ratePerS) => change({ pace: 'rate', ratePerS: String(Math.floor(ratePerS * 100) / 100) })}
            />
          </section>
          <LaunchBar
            ready={spec !== null}
            busy={busy}
            mayLaunch={!onlyWatches}
            error={error ?? offer.error ?? from.error}
            launch={() => void launch()}
          />
        </div>
      </div>
    </>
  );
}
