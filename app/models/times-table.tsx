import Link from 'next/link';
import type { BoardView, ModelView, ShownProfile, UnitView } from '../../server/panel/wire.ts';
import { useConditions } from '../(board)/conditions.ts';
import { MeasureBoard } from '../(board)/measure-board.tsx';
import { useNow } from '../(board)/use-now.ts';
import { boardName } from '../ui/board-name.ts';
import { useLive } from '../ui/live/store.ts';
import { ScrollX } from '../ui/scroll-x.tsx';
import { Section } from '../ui/section.tsx';
import { Simulated } from '../ui/simulated.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { canRun, givenOf } from './given.ts';

interface Props {
  readonly board: BoardView;
  readonly models: readonly ModelView[];
}

/** A board's times, model by unit: what was measured and when, and beside it what was given. */
export function TimesTable({ board, models }: Props) {
  const w = useWords();
  const profiles = useLive(({ board }) => board?.profiles) ?? [];
  const title = w.models.times(boardName(board, w));
  const nameOf = (id: string) => models.find((model) => model.id === id)?.name ?? id;
  return (
    <Section
      title={
        <span className="flex flex-wrap items-center gap-2">
          {title} {board.simulated && <Simulated source="simulated" />}
        </span>
      }
      hint={w.models.timesHint}
      flush
    >
      <div className="px-4">
        <MeasureBoard board={board} />
      </div>
      {board.models.length === 0 || board.units.length === 0 ? (
        <p className="px-4 pb-3 text-sm text-quiet">{w.models.nowhere}</p>
      ) : (
        <ScrollX name={title}>
          <table
            className={`table table-pinned ${board.units.length < 3 ? 'max-sm:w-full sm:w-auto! sm:min-w-96' : ''}`}
            data-testid={`times-${board.id}`}
          >
            <thead>
              <tr>
                <th scope="col">{w.models.model}</th>
                {board.units.map((unit) => (
                  <th key={unit.id} scope="col" className="num">
                    <Link href={`/units/${unit.id}`} prefetch={false} className="link">
                      {unit.name}
                    </Link>
                    <span className="block font-normal">{unit.precision.toUpperCase()}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {board.models.map((model) => (
                <tr key={model}>
                  <th scope="row">
                    <Link href={`/models/${model}`} prefetch={false} className="link whitespace-nowrap">
                      {nameOf(model)}
                    </Link>
                  </th>
                  {board.units.map((unit) => (
                    <Time
                      key={unit.id}
                      unit={unit}
                      model={model}
                      hasFile={models.some(({ id }) => id === model)}
                      profile={profiles.find((each) => each.unit === unit.id && each.model === model)}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </Section>
  );
}

interface TimeProps {
  readonly unit: UnitView;
  readonly model: string;
  readonly hasFile: boolean;
  readonly profile: ShownProfile | undefined;
}

function Time({ unit, model, hasFile, profile }: TimeProps) {
  const w = useWords();
  const f = useFormat();
  const now = useNow();
  const conditions = useConditions();
  const given = givenOf(unit, model);
  if (!canRun(unit, model, hasFile)) return <td className="num align-top text-quiet">{w.models.cannot}</td>;
  const measured = profile?.source === 'measured' ? profile : undefined;
  const ratio = measured && given ? measured.meanMs / given.ms : null;
  return (
    <td className="num align-top" title={measured && conditions(measured)}>
      {measured ? (
        <>
          <span className="font-medium">{f.ms(measured.meanMs)}</span>
          {measured.ciMs !== null && <span className="text-xs text-quiet"> {f.giveOrTake(measured.ciMs)}</span>}
          <span className="block text-xs">
            {w.models.p99(f.ms(measured.p99Ms))}
            {measured.loadMs > 0 && ` · ${w.models.load(f.ms(measured.loadMs))}`}
          </span>
        </>
      ) : (
        <span className="text-quiet">
          {profile?.source === 'guessed' ? w.models.guessed(f.ms(profile.meanMs)) : w.models.unmeasured}
        </span>
      )}
      {given && (
        <span className="block text-xs text-quiet">
          {w.models.given[given.from]} {f.ms(given.ms)}
          {ratio !== null && ` · ×${f.number(ratio, ratio < 0.1 ? 3 : 2)}`}
        </span>
      )}
      {measured && <span className="block text-xs text-quiet">{f.since(measured.measuredAt, now)}</span>}
    </td>
  );
}
