'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { ExperimentView } from '../../../server/panel/wire.ts';
import { api } from '../../ui/api.ts';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { useWords } from '../../ui/words/language.ts';
import { ConditionsPart } from './conditions-part.tsx';
import { CopySpec } from './copy-spec.tsx';
import { type Draft, EMPTY } from './draft.ts';
import { ModelsPart } from './models-part.tsx';
import { PicturesPart } from './pictures-part.tsx';
import { PoliciesPart } from './policies-part.tsx';
import { Prediction } from './prediction.tsx';
import { PresetBar } from './preset-bar.tsx';
import { UnitsPart } from './units-part.tsx';
import { useChecked } from './use-checked.ts';
import { useEstimate } from './use-estimate.ts';
import { useOffer } from './use-offer.ts';
import { useStartingPoint } from './use-starting-point.ts';
import { WishesPart } from './wishes-part.tsx';
import { WorkloadPart } from './workload-part.tsx';

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
  const operates = useLive(mayOperate);
  const known = useLive(({ me }) => me !== null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const change = (part: Partial<Draft>) => setDraft((draft) => ({ ...draft, ...part }));

  const { spec, errors } = useChecked(draft, from.ready);
  const estimate = useEstimate(spec);

  const launch = async () => {
    if (!spec || busy || !operates) return;
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
          <PresetBar {...part} offer={offer} onDraft={setDraft} />
          <UnitsPart {...part} offer={offer} />
          <ModelsPart {...part} offer={offer} />
          <PoliciesPart {...part} offer={offer} />
          <WorkloadPart {...part} offer={offer} />
          <WishesPart {...part} offer={offer} />
          <ConditionsPart {...part} offer={offer} />
          <PicturesPart {...part} offer={offer} />
        </form>
        <Prediction
          spec={spec}
          estimate={estimate}
          launch={() => void launch()}
          busy={busy}
          mayLaunch={operates || !known}
          error={error ?? offer.error ?? from.error}
        />
      </div>
    </>
  );
}
