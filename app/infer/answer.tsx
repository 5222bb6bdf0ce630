import type { BoardView, InferenceView, ModelView } from '../../server/panel/wire.ts';
import { Section } from '../ui/section.tsx';
import { Simulated } from '../ui/simulated.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { useInferWords } from './infer-words.ts';
import type { Picture } from './picture.ts';
import { TimeSplit } from './time-split.tsx';
import { WhyThere } from './why-there.tsx';

interface Props {
  readonly answer: { readonly view: InferenceView; readonly picture: Picture | null } | null;
  readonly busy: boolean;
  readonly error: unknown;
  readonly boards: readonly BoardView[];
  readonly models: readonly ModelView[];
}

/** What the network saw, who computed it and why there, and where the time went. */
export function Answer({ answer, busy, error, boards, models }: Props) {
  const words = useInferWords();
  const f = useFormat();
  if (!answer)
    return (
      <Section title={words.answer}>
        {error !== null ? (
          <Trouble error={error} />
        ) : (
          <p className="grid min-h-40 place-items-center text-center text-sm text-quiet">
            {busy ? words.busy : words.waits}
          </p>
        )}
      </Section>
    );
  const { view, picture } = answer;
  const units = boards.flatMap((board) => board.units);
  const unitName = (id: string) => units.find((unit) => unit.id === id)?.name ?? id;
  const modelName = models.find(({ id }) => id === view.model)?.name ?? view.model;
  return (
    <div className={`grid gap-5 ${busy ? 'opacity-60' : ''}`} data-testid="infer-answer">
      <Section
        title={
          <span className="flex flex-wrap items-center gap-2">
            {modelName} · {unitName(view.unit)} <Simulated source={view.source} />
          </span>
        }
        aside={
          <span className="num text-lg font-semibold" data-testid="infer-total">
            <span className="mr-2 text-xs font-normal text-quiet">{words.took}</span>
            {f.ms(view.latency.totalMs)}
          </span>
        }
      >
        <div className="flex flex-wrap gap-4">
          {picture && (
            // biome-ignore lint/performance/noImgElement: the reader's own file, or the board's, at its own size
            <img src={picture.url} alt={picture.name} className="size-28 rounded-md object-cover" />
          )}
          <div className="min-w-56 flex-1">
            <Classes view={view} />
          </div>
        </div>
      </Section>
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <TimeSplit latency={view.latency} />
        <WhyThere view={view} model={modelName} unitName={unitName} />
      </div>
    </div>
  );
}

function Classes({ view }: { readonly view: InferenceView }) {
  const w = useWords();
  const words = useInferWords();
  const f = useFormat();
  if (!view.top) return <p className="rounded-lg bg-sim-soft px-3 py-2 text-sm text-sim">{words.simulated}</p>;
  const unlabelled = view.top.every(({ label }) => label === null);
  const note = !view.trained ? words.untrained : unlabelled ? words.noLabels : null;
  return (
    <>
      {note && (
        <p className="mb-2 flex flex-wrap items-center gap-2 text-sm text-warn">
          {!view.trained && <span className="chip bg-warn-soft text-warn">{w.common.untrained}</span>}
          {note}
        </p>
      )}
      <ol className="num grid gap-1 text-sm" data-testid="infer-top">
        {view.top.map(({ index, label, logit }, place) => (
          <li
            key={index}
            className={`flex justify-between gap-3 ${place === 0 && view.trained ? 'font-semibold' : ''}`}
          >
            <span className="min-w-0 truncate">{label || words.classNo(String(index))}</span>
            <span className="text-quiet" title={words.logit}>
              {f.number(logit, 2)}
            </span>
          </li>
        ))}
      </ol>
      <p className="mt-2 text-xs text-quiet">{words.logit}</p>
    </>
  );
}
