import Link from 'next/link';
import type { ShownProfile, UnitView } from '../../../server/panel/wire.ts';
import { useConditions } from '../../(board)/conditions.ts';
import { useNow } from '../../(board)/use-now.ts';
import { useLive } from '../../ui/live/store.ts';
import { useUnitLive } from '../../ui/live/use-unit-live.ts';
import { ScrollX } from '../../ui/scroll-x.tsx';
import { Section } from '../../ui/section.tsx';
import { Simulated } from '../../ui/simulated.tsx';
import { UnitDot } from '../../ui/unit-dot.tsx';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { canRun, givenOf } from '../given.ts';

interface Props {
  readonly model: string;
  readonly units: readonly UnitView[];
  readonly hasFile: boolean;
}

/** How long the model takes on each unit that there is, what was given, and when and under what conditions it was measured. */
export function PerUnit({ model, units, hasFile }: Props) {
  const w = useWords();
  const profiles = useLive(({ board }) => board?.profiles) ?? [];
  const { mean, p50, p95, p99, load, samples } = w.board.profile;
  return (
    <Section title={w.models.perUnit} hint={w.models.perUnitHint} flush>
      {units.length === 0 ? (
        <p className="px-4 pb-3 text-sm text-quiet">{w.models.nowhere}</p>
      ) : (
        <ScrollX name={w.models.perUnit}>
          <table className="table table-pinned" data-testid="per-unit">
            <thead>
              <tr>
                <th scope="col">{w.models.unit}</th>
                {[mean, p50, p95, p99, load, samples, w.models.ofGiven].map((name) => (
                  <th key={name} scope="col" className="num">
                    {name}
                  </th>
                ))}
                <th scope="col">{w.models.conditions}</th>
              </tr>
            </thead>
            <tbody>
              {units.map((unit) => (
                <Row
                  key={unit.id}
                  unit={unit}
                  model={model}
                  able={canRun(unit, model, hasFile)}
                  profile={profiles.find((each) => each.unit === unit.id && each.model === model)}
                />
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </Section>
  );
}

interface RowProps {
  readonly unit: UnitView;
  readonly model: string;
  readonly able: boolean;
  readonly profile: ShownProfile | undefined;
}

function Row({ unit, model, able, profile }: RowProps) {
  const w = useWords();
  const f = useFormat();
  const now = useNow();
  const conditions = useConditions();
  const live = useUnitLive(unit);
  const given = givenOf(unit, model);
  const measured = profile?.source === 'measured' ? profile : undefined;
  return (
    <tr>
      <th scope="row">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <Link href={`/units/${unit.id}`} prefetch={false} className="link">
            {unit.name}
          </Link>
          <Simulated source={unit.source} />
        </span>
        <UnitDot status={live.status} />
      </th>
      <td className="num">
        {measured ? (
          <>
            {f.ms(measured.meanMs)}
            {measured.ciMs !== null && <span className="text-quiet"> {f.giveOrTake(measured.ciMs)}</span>}
          </>
        ) : (
          <span className="text-quiet">
            {!able
              ? w.models.cannot
              : profile?.source === 'guessed'
                ? w.models.guessed(f.ms(profile.meanMs))
                : w.models.unmeasured}
          </span>
        )}
      </td>
      {[measured?.p50Ms, measured?.p95Ms, measured?.p99Ms, measured && (measured.loadMs || null)].map((ms, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: always the same four, in this order
        <td key={i} className="num">
          {f.ms(ms)}
        </td>
      ))}
      <td className="num">{f.number(measured?.samples)}</td>
      <td className="num">
        {given ? (
          <>
            {measured && `×${f.number(measured.meanMs / given.ms, 2)} `}
            <span className="text-xs text-quiet">
              {w.models.given[given.from]} {f.ms(given.ms)}
            </span>
          </>
        ) : (
          w.common.none
        )}
      </td>
      <td className="text-xs text-quiet">
        {measured ? (
          <>
            <span className="whitespace-nowrap">{f.since(measured.measuredAt, now)}</span>
            <span className="block min-w-56">{conditions({ ...measured, measuredAt: null })}</span>
          </>
        ) : (
          w.common.none
        )}
      </td>
    </tr>
  );
}
