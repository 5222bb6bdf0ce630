import { type DragEvent, useState } from 'react';
import { useWords } from '../../ui/words/language.ts';
import { givenRanks } from './draft.ts';
import type { PartProps } from './new-experiment.tsx';
import type { Offer } from './use-offer.ts';

type Props = Pick<PartProps, 'draft' | 'change'> & { readonly offer: Offer };

/** Whose ranks `priority` goes by; one's own are put in order here. */
export function RanksPart({ draft, change, offer }: Props) {
  const w = useWords();
  const names = { poster: w.create.ranksPoster, profiler: w.create.ranksProfiler, given: w.create.ranksGiven };
  return (
    <fieldset className="mt-4 border-t border-line pt-3">
      <legend className="sr-only">{w.create.ranks}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <span className="mr-1 text-sm font-medium" aria-hidden="true">
          {w.create.ranks}
        </span>
        {(['poster', 'profiler', 'given'] as const).map((ranks) => (
          <label key={ranks} className="choice min-h-9 py-1 text-sm">
            <input type="radio" name="ranks" checked={draft.ranks === ranks} onChange={() => change({ ranks })} />
            {names[ranks]}
          </label>
        ))}
      </div>
      {draft.ranks === 'given' && (
        <div className="mt-3 grid gap-2">
          <p className="text-xs text-quiet">{w.create.ranksHint}</p>
          {Object.entries(givenRanks(draft)).map(([unit, models]) => (
            <UnitRanks
              key={unit}
              name={offer.boards?.flatMap((board) => board.units).find((u) => u.id === unit)?.name ?? unit}
              models={models}
              change={(order) => change({ given: { ...givenRanks(draft), [unit]: order } })}
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}

interface UnitRanksProps {
  readonly name: string;
  readonly models: readonly string[];
  change(order: string[]): void;
}

function UnitRanks({ name, models, change }: UnitRanksProps) {
  const w = useWords();
  const [held, setHeld] = useState<string | null>(null);
  const move = (model: string, to: number) => {
    const rest = models.filter((other) => other !== model);
    change([...rest.slice(0, to), model, ...rest.slice(to)]);
  };
  const drop = (event: DragEvent, to: number) => {
    event.preventDefault();
    if (held) move(held, to);
    setHeld(null);
  };
  return (
    <div className="grid gap-1 sm:grid-cols-[10rem_minmax(0,1fr)] sm:items-center">
      <span className="text-sm font-medium">{name}</span>
      <ol className="flex flex-wrap gap-2">
        {models.map((model, place) => (
          <li
            key={model}
            draggable
            onDragStart={() => setHeld(model)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => drop(event, place)}
            className={`flex cursor-grab items-center rounded-lg border border-line bg-raised text-sm ${held === model ? 'opacity-50' : ''}`}
          >
            <button
              type="button"
              className="btn btn-quiet px-2"
              aria-label={w.create.earlier(model)}
              disabled={place === 0}
              onClick={() => move(model, place - 1)}
            >
              ◂
            </button>
            <span className="num">
              {place + 1}. {model}
            </span>
            <button
              type="button"
              className="btn btn-quiet px-2"
              aria-label={w.create.later(model)}
              disabled={place === models.length - 1}
              onClick={() => move(model, place + 1)}
            >
              ▸
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
