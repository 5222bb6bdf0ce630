import { useEffect, useRef, useState } from 'react';
import type { ExperimentSpec, RunDetail, Tombstone } from '../../../server/panel/wire.ts';
import { api, Refused } from '../../ui/api.ts';
import type { Words } from '../../ui/words/en.ts';
import { useSpoken } from '../../ui/words/language.ts';
import { type Draft, draftFrom, draftOf, PRESETS, type Preset } from './draft.ts';
import type { Offer } from './use-offer.ts';

/** What the form begins with: ?preset=poster, ?from=<run> and the &policies= of it that are wanted, or the poster's comparison. Filled in once. */
export function useStartingPoint({ boards, policies }: Offer, fill: (draft: Draft) => void) {
  const { language, words: w } = useSpoken();
  const filled = useRef(false);
  const [state, setState] = useState<{ ready: boolean; run: string | null; error: unknown }>({
    ready: false,
    run: null,
    error: null,
  });
  useEffect(() => {
    const named = document.documentElement.lang === language; // Korean words may come later than the boards
    if (!boards || !policies || !named || filled.current) return;
    filled.current = true;
    const asked = new URLSearchParams(location.search);
    const preset = PRESETS.find((preset) => preset === asked.get('preset')) ?? 'poster';
    const byPreset = () => {
      const draft = draftOf(preset, boards, policies, presetName(preset, w));
      if (draft) fill(draft);
    };
    const run = asked.get('from');
    if (!run || !/^\d+$/.test(run)) {
      byPreset();
      setState({ ready: true, run: null, error: null });
      return;
    }
    specOf(run).then(
      (spec) => {
        const policies = (asked.get('policies') ?? '').split(',');
        const own = spec.policies.filter((policy) => policies.includes(policy));
        fill(draftFrom(own.length > 0 ? { ...spec, policies: own } : spec));
        setState({ ready: true, run, error: null });
      },
      (error) => {
        byPreset();
        setState({ ready: true, run: null, error });
      },
    );
  }, [boards, policies, fill, language, w]);
  return state;
}

/** What a run was asked, also when it was deleted since. */
async function specOf(run: string): Promise<ExperimentSpec> {
  try {
    return (await api.get<RunDetail>(`/runs/${run}`)).spec;
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'deleted') throw error;
    return (await api.get<Tombstone>(`/runs/${run}/tombstone`)).spec;
  }
}

export const presetName = (preset: Preset, w: Words): string =>
  ({
    poster: w.create.presetPoster,
    best: w.create.presetBest,
    ours: w.create.presetOurs,
    slo: w.create.presetSlo,
    poisson: w.create.presetPoisson,
    real: w.create.presetReal,
  })[preset];
