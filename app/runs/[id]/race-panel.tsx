import { useMemo } from 'react';
import type { RaceRound, RunDetail } from '../../../server/panel/wire.ts';
import { useLive } from '../../ui/live/store.ts';
import { type Look, looksOf } from '../../ui/model-look.ts';
import { ModelMark } from '../../ui/model-mark.tsx';
import { ScrollX } from '../../ui/scroll-x.tsx';
import { Section } from '../../ui/section.tsx';
import type { Format } from '../../ui/words/format.ts';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { candidatesOf, type Reign, reignsOf, sharesOf } from './race.ts';
import { useRaceWords } from './race-words.ts';
import { useRounds } from './use-rounds.ts';

/** The newest rehearsals that are listed; the strip shows all. */
const MOST = 200;

/** What the policy `race` rehearsed, who won, and who was in charge when. Nothing for other policies. */
export function RacePanel({ run, endMs }: { readonly run: RunDetail; readonly endMs: number }) {
  const words = useRaceWords();
  const rounds = useRounds(run);
  const elapsedMs = useLive(({ state }) => (state?.run?.run === run.id ? state.run.elapsedMs : 0));
  const reigns = reignsOf(rounds, Math.max(endMs, elapsedMs));
  const candidates = useMemo(() => candidatesOf(rounds), [rounds]);
  const looks = useMemo(() => new Map(looksOf(candidates).map((look, i) => [candidates[i] ?? '', look])), [candidates]);
  if (run.policy !== 'race') return null;
  return (
    <Section title={words.title} hint={words.hint} flush>
      {rounds.length === 0 ? (
        <p className="px-4 pb-3 text-sm text-quiet">{words.empty}</p>
      ) : (
        <>
          <InCharge reigns={reigns} looks={looks} />
          <Rounds rounds={rounds} candidates={candidates} />
        </>
      )}
    </Section>
  );
}

type Looks = ReadonlyMap<string, Look>;

/** A strip along the run's time, and how much of it was whose. */
function InCharge({ reigns, looks }: { readonly reigns: readonly Reign[]; readonly looks: Looks }) {
  const words = useRaceWords();
  const f = useFormat();
  const endMs = reigns.at(-1)?.toMs ?? 0;
  const shares = sharesOf(reigns);
  const percent = (ms: number) => `${endMs > 0 ? (ms / endMs) * 100 : 0}%`;
  const sentence = shares.map(({ policy, share }) => `${policy} ${f.share(share)}`).join(', ');
  return (
    <div className="px-4 pb-3">
      <div
        role="img"
        aria-label={`${words.inCharge}: ${sentence}`}
        data-testid="race-strip"
        className="relative h-7 overflow-hidden rounded-md bg-track"
      >
        {(reigns[0]?.fromMs ?? 0) > 0 && (
          <div
            className="absolute inset-y-0 left-0"
            title={words.nobody}
            style={{ width: percent(reigns[0]?.fromMs ?? 0) }}
          />
        )}
        {reigns.map(({ policy, fromMs, toMs }) => (
          <div
            key={fromMs}
            title={`${policy} · ${f.ms(fromMs)} – ${f.ms(toMs)}`}
            className="absolute inset-y-0 overflow-hidden border-l border-surface px-1.5 text-xs leading-7 font-semibold whitespace-nowrap"
            style={{
              left: percent(fromMs),
              width: percent(toMs - fromMs),
              backgroundColor: looks.get(policy)?.colour,
              color: looks.get(policy)?.ink,
            }}
          >
            {(toMs - fromMs) / endMs > 0.12 ? policy : (toMs - fromMs) / endMs > 0.03 && looks.get(policy)?.letter}
          </div>
        ))}
      </div>
      <p className="num mt-1 flex justify-between text-xs text-quiet" aria-hidden="true">
        <span>{f.msTick(0)}</span>
        <span>{f.ms(endMs)}</span>
      </p>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-xs">
        {shares.map(({ policy, share }) => {
          const look = looks.get(policy);
          return (
            <li key={policy} className="num inline-flex items-center gap-1.5">
              {look && <ModelMark look={{ ...look, hatch: 0 }} />}
              {policy} <span className="text-quiet">{f.share(share)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Rounds({
  rounds,
  candidates,
}: {
  readonly rounds: readonly RaceRound[];
  readonly candidates: readonly string[];
}) {
  const w = useWords();
  const words = useRaceWords();
  const f = useFormat();
  const shown = rounds.slice(-MOST).reverse();
  const figures = new Set(shown.map(({ figure }) => figure));
  return (
    <>
      <p className="px-4 pb-1 text-xs text-quiet">
        {words.rounds} · {words.judged([...figures].map((figure) => words.figures[figure]).join(', '))}
      </p>
      <ScrollX name={words.rounds} className="max-h-80 overflow-y-auto">
        <table className="table table-pinned" data-testid="race-rounds">
          <thead className="sticky top-0 z-2 bg-surface">
            <tr>
              <th scope="col" className="num">
                {w.run.at}
              </th>
              <th scope="col">{words.inCharge}</th>
              {candidates.map((policy) => (
                <th key={policy} scope="col" className="num">
                  {policy}
                </th>
              ))}
              <th scope="col" className="num">
                {words.jobs}
              </th>
              <th scope="col" className="num">
                {words.took}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((round) => (
              <tr key={round.atMs}>
                <th scope="row" className="num font-normal">
                  {f.ms(round.atMs)}
                </th>
                <td className="font-semibold whitespace-nowrap">
                  {round.winner}
                  {round.switched && <span className="chip ml-2">{words.switched}</span>}
                  {figures.size > 1 && (
                    <span className="block text-xs font-normal text-quiet">{words.figures[round.figure]}</span>
                  )}
                </td>
                {candidates.map((policy) => (
                  <td key={policy} className={`num ${policy === round.winner ? 'bg-accent-soft font-semibold' : ''}`}>
                    {figureOf(round, policy, f)}
                  </td>
                ))}
                <td className="num text-quiet">{f.number(round.jobs)}</td>
                <td className="num text-quiet">{f.ms(round.tookMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
      {rounds.length > MOST && <p className="px-4 py-1 text-xs text-quiet">{words.newest(f.number(MOST))}</p>}
    </>
  );
}

function figureOf({ entries, figure }: RaceRound, policy: string, f: Format): string {
  const value = entries.find((entry) => entry.policy === policy)?.value ?? null;
  return figure === 'missRate' ? f.share(value, 1) : f.ms(value);
}
