import Link from 'next/link';
import type { UnitSummary } from '../../server/panel/wire.ts';
import { Drift } from '../(board)/drift.tsx';
import { useMeasured } from '../(board)/measure-board.tsx';
import { useNow } from '../(board)/use-now.ts';
import { useUnitLive } from '../ui/live/use-unit-live.ts';
import { ScrollX } from '../ui/scroll-x.tsx';
import { UnitDot } from '../ui/unit-dot.tsx';
import { useModelName } from '../ui/use-model-name.ts';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { eventText } from './event-words.ts';
import { upFor } from './up-for.ts';

/** The units of one board, a row each; on a narrow screen the counts scroll. */
export function UnitTable({ name, units }: { readonly name: string; readonly units: readonly UnitSummary[] }) {
  const w = useWords();
  return (
    <ScrollX name={name}>
      <table className="table table-pinned" data-testid="unit-table">
        <thead>
          <tr>
            <th scope="col">{w.units.unit}</th>
            <th scope="col">{w.units.status}</th>
            <th scope="col">{w.units.resident}</th>
            {[w.units.jobs, w.units.failed, w.units.switches, w.units.crashes, w.units.up].map((head) => (
              <th key={head} scope="col" className="num">
                {head}
              </th>
            ))}
            <th scope="col">{w.units.last}</th>
          </tr>
        </thead>
        <tbody>
          {units.map((summary) => (
            <Row key={summary.unit.id} summary={summary} />
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}

function Row({ summary: { unit, upSince, last } }: { readonly summary: UnitSummary }) {
  const w = useWords();
  const f = useFormat();
  const now = useNow();
  const live = useUnitLive(unit);
  const modelName = useModelName();
  const measured = useMeasured(unit.id);
  return (
    <tr data-unit={unit.id}>
      <th scope="row" className="min-w-32">
        <Link href={`/units/${unit.id}`} prefetch={false} className="link">
          {unit.name}
        </Link>
        <span className="block text-xs font-normal text-quiet">{unit.precision.toUpperCase()}</span>
      </th>
      <td>
        <span className="flex flex-wrap items-center gap-1.5 whitespace-nowrap">
          <UnitDot status={measured === null ? live.status : 'measuring'} />
          <Drift factor={live.drift} />
          {unit.excluded && (
            <span className="chip bg-warn-soft text-warn" title={unit.excluded.reason}>
              {w.units.excluded}
            </span>
          )}
        </span>
      </td>
      <td className="text-xs">{live.resident.map(modelName).join(', ') || w.common.none}</td>
      {[live.jobs, live.failed, live.switches, live.crashes].map((count, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: always the same four, in this order
        <td key={i} className="num">
          {f.number(count)}
        </td>
      ))}
      <td className="num">{upFor(upSince, now, f)}</td>
      <td className="min-w-56 text-xs">
        {last ? (
          <>
            {w.units.kind[last.kind]}
            <span className="text-quiet"> · {f.since(last.at, now)}</span>
            <span className="block text-quiet">{eventText(last, w, f)}</span>
          </>
        ) : (
          <span className="text-quiet">{w.common.none}</span>
        )}
      </td>
    </tr>
  );
}
