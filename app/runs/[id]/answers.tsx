import { useState } from 'react';
import type { Answer, RunDetail } from '../../../server/panel/wire.ts';
import { Section } from '../../ui/section.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';

const FIRST = 6;

/** What real units saw in the pictures. */
export function Answers({ run }: { readonly run: RunDetail }) {
  const w = useWords();
  const f = useFormat();
  const [all, setAll] = useState(false);
  const untrained = run.answers.some(({ model }) => run.models.find(({ id }) => id === model)?.trained === false);
  const shown = all ? run.answers : run.answers.slice(0, FIRST);
  return (
    <Section title={w.run.answers} anchor="answers" hint={w.run.answersHint}>
      {untrained && <p className="mb-3 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">{w.run.untrainedHint}</p>}
      <ul className="grid gap-3 sm:grid-cols-2 2xl:grid-cols-3">
        {shown.map((answer) => (
          <OneAnswer key={`${answer.unit} ${answer.model} ${answer.input}`} answer={answer} run={run} />
        ))}
      </ul>
      {!all && run.answers.length > FIRST && (
        <button type="button" className="btn mt-3" onClick={() => setAll(true)}>
          {w.run.showMore(f.number(run.answers.length - FIRST))}
        </button>
      )}
    </Section>
  );
}

function OneAnswer({ answer, run }: { readonly answer: Answer; readonly run: RunDetail }) {
  const w = useWords();
  const f = useFormat();
  const picture = run.pictures[answer.input];
  const model = run.models.find(({ id }) => id === answer.model);
  const unit = run.units.find(({ id }) => id === answer.unit);
  return (
    <li className="flex gap-3 rounded-lg border border-line p-3">
      {picture && (
        // biome-ignore lint/performance/noImgElement: served by the board itself, at its own size
        <img
          src={`/api/v1/pictures/${picture.sha256}`}
          alt={picture.name}
          loading="lazy"
          width={96}
          height={96}
          className="size-24 shrink-0 rounded-md object-cover"
        />
      )}
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex flex-wrap items-center gap-x-2">
          <b>{model?.name ?? answer.model}</b>
          {model?.trained === false && <span className="chip bg-warn-soft text-warn">{w.common.untrained}</span>}
        </p>
        <p className="truncate text-xs text-quiet">
          {unit?.name ?? answer.unit} · {picture?.name}
        </p>
        <ol className="num mt-1.5 text-xs">
          {answer.top.map(({ index, logit }) => (
            <li key={index} className="flex justify-between gap-3">
              <span className="truncate">{model?.labels?.[index] ?? w.run.classNo(String(index))}</span>
              <span className="text-quiet" title={w.run.logit}>
                {f.number(logit, 2)}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </li>
  );
}
