'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { InferenceView, PictureView } from '../../server/panel/wire.ts';
import { tableModels, useModels } from '../models/use-models.ts';
import { api } from '../ui/api.ts';
import { isGuest, mayOnlyWatch, useLive } from '../ui/live/store.ts';
import { NothingHere } from '../ui/nothing-here.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useSnapshot } from '../ui/use-snapshot.ts';
import { useWords } from '../ui/words/language.ts';
import { Answer } from './answer.tsx';
import { AsProgram } from './as-program.tsx';
import { useInferWords } from './infer-words.ts';
import { beginsAsPicture, keptPicture, MOST_BYTES, type Picture } from './picture.ts';
import { PictureChoice } from './picture-choice.tsx';
import { useHeld } from './use-held.ts';
import { choicesFor, looksAt, type Where, whereOf } from './where.ts';
import { WhereField } from './where-field.tsx';

/** One picture, one network, one answer: served by the live scheduler, and explained. */
export function Infer() {
  const words = useInferWords();
  const { data: models, error, reload } = useModels();
  const boards = useLive(({ board }) => board?.boards ?? null);
  if (error && !models)
    return (
      <>
        <PageTitle title={words.title} />
        <Trouble error={error} again={reload} />
      </>
    );
  if (!models || !boards) return <ToCome />;
  const ids = [...models.map(({ id }) => id), ...tableModels(boards, models)].filter(
    (id) => choicesFor(id, boards, models).length > 0,
  );
  if (ids.length === 0)
    return (
      <>
        <PageTitle title={words.title} />
        <NothingHere sentence={words.empty} />
      </>
    );
  return <Desk models={models} boards={boards} ids={ids} />;
}

interface DeskProps {
  readonly models: NonNullable<ReturnType<typeof useModels>['data']>;
  readonly boards: Parameters<typeof choicesFor>[1];
  /** Models that some unit can run. */
  readonly ids: readonly string[];
}

function Desk({ models, boards, ids }: DeskProps) {
  const w = useWords();
  const words = useInferWords();
  const kept = useSnapshot<readonly PictureView[]>('/pictures');
  const onlyWatches = useLive(mayOnlyWatch);
  const guest = useLive(isGuest);
  const held = useHeld();
  const [wanted, setWanted] = useState<{ readonly model: string; readonly where: Where | null }>({
    model: '',
    where: null,
  });
  const { picture, wrong, take, choose, setWrong } = usePicture();
  const [busy, setBusy] = useState(false);
  const shown = useRef<HTMLDivElement>(null);
  const [answer, setAnswer] = useState<{ readonly view: InferenceView; readonly picture: Picture | null } | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const asked = new URLSearchParams(location.search);
    const unit = asked.get('unit');
    setWanted({ model: asked.get('model') ?? '', where: unit === null ? null : { unit } });
  }, []);
  const model = ids.includes(wanted.model) ? wanted.model : (ids[0] ?? '');
  const choices = choicesFor(model, boards, models);
  const where = whereOf(wanted.where, choices);
  const looks = where !== null && looksAt(where, choices);
  /** Why nothing can be asked. */
  const reason = guest ? words.guestOnly : onlyWatches ? words.viewerOnly : held;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !where || reason !== null) return;
    if (looks && !picture) return setWrong(words.needsPicture);
    setBusy(true);
    setError(null);
    try {
      setAnswer({ view: await ask(model, where, looks ? picture : null), picture: looks ? picture : null });
    } catch (error) {
      setAnswer(null);
      setError(error);
    }
    setBusy(false);
    bringIntoView(shown.current);
  };
  return (
    <>
      <PageTitle title={words.title} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
        <form onSubmit={(event) => void submit(event)} className="card grid min-w-0 gap-4 p-4" aria-label={words.title}>
          <PictureChoice
            picture={picture}
            kept={kept.data}
            disabled={busy}
            error={wrong}
            onFile={(file) => void take(file)}
            onKept={(one) => choose(keptPicture(one))}
          />
          <div>
            <label className="label" htmlFor="infer-model">
              {words.model}
            </label>
            <select
              id="infer-model"
              className="field"
              value={model}
              disabled={busy}
              onChange={(event) => setWanted({ ...wanted, model: event.target.value })}
            >
              {ids.map((id) => (
                <option key={id} value={id}>
                  {nameOf(id, models, w.common.untrained)}
                </option>
              ))}
            </select>
          </div>
          <WhereField
            choices={choices}
            where={where}
            disabled={busy}
            choose={(where) => setWanted({ ...wanted, where })}
          />
          {where && !looks && <p className="text-xs text-sim">{words.simulated}</p>}
          <div>
            <button
              type="submit"
              className="btn btn-primary w-full"
              disabled={reason !== null || !where}
              aria-disabled={busy}
              aria-describedby={reason === null ? undefined : 'infer-reason'}
            >
              {busy ? words.busy : words.submit}
            </button>
            {reason !== null && (
              <p id="infer-reason" className="mt-2 text-sm text-quiet">
                {reason}
              </p>
            )}
          </div>
        </form>
        <div className="grid min-w-0 gap-5">
          <div ref={shown} className="scroll-mt-20" aria-live="polite" aria-busy={busy}>
            <Answer answer={answer} busy={busy} error={error} boards={boards} models={models} />
          </div>
          {where && <AsProgram model={model} where={where} picture={picture} looks={looks} />}
        </div>
      </div>
    </>
  );
}

/** The picture that is looked at, or why what was brought is none. */
function usePicture() {
  const words = useInferWords();
  const [picture, setPicture] = useState<Picture | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  /** An answer goes on showing the picture that it is of. */
  const urls = useRef<string[]>([]);
  useEffect(() => () => urls.current.forEach(URL.revokeObjectURL), []);
  const choose = (chosen: Picture) => {
    setWrong(null);
    setPicture(chosen);
  };
  const take = async (file: File) => {
    if (file.size > MOST_BYTES) return setWrong(words.tooLarge(file.name));
    if (!(await beginsAsPicture(file))) return setWrong(words.notPicture(file.name));
    const url = URL.createObjectURL(file);
    urls.current.push(url);
    choose({ kind: 'file', file, name: file.name, url });
  };
  return { picture, wrong, setWrong, choose, take };
}

/** On a phone the answer stands below the form: whoever asked for it is taken there. */
function bringIntoView(box: HTMLElement | null): void {
  if (!box || box.getBoundingClientRect().top < innerHeight / 2) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  box.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
}

function ask(model: string, where: Where, picture: Picture | null): Promise<InferenceView> {
  if (picture?.kind === 'file')
    return api.upload<InferenceView>(`/infer?${new URLSearchParams({ model, ...where })}`, picture.file);
  return api.post<InferenceView>('/infer', { model, ...where, ...(picture ? { picture: picture.sha256 } : {}) });
}

function nameOf(id: string, models: DeskProps['models'], untrained: string): string {
  const model = models.find((each) => each.id === id);
  if (!model) return id;
  return model.trained ? model.name : `${model.name} (${untrained})`;
}

/** As tall as what comes. */
function ToCome() {
  return (
    <div aria-hidden="true">
      <div className="skeleton mb-5 h-10 w-40" />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
        <div className="card h-[34rem]" />
        <div className="card h-72" />
      </div>
    </div>
  );
}
