import type { UnitView } from '../../../server/panel/wire.ts';
import { Drift } from '../../(board)/drift.tsx';
import { useMeasured } from '../../(board)/measure-board.tsx';
import { useNow } from '../../(board)/use-now.ts';
import { useUnitLive } from '../../ui/live/use-unit-live.ts';
import { Section } from '../../ui/section.tsx';
import { slotsText } from '../../ui/slots-text.ts';
import { Tile } from '../../ui/tile.tsx';
import { UnitDot } from '../../ui/unit-dot.tsx';
import { useModelName } from '../../ui/use-model-name.ts';
import { useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';
import { reasonWords } from '../reason-words.ts';
import { upFor } from '../up-for.ts';
import { Actions } from './actions.tsx';

/** How the unit is now, and what it has done since the server started. */
export function Health({ unit, upSince }: { readonly unit: UnitView; readonly upSince: string | null }) {
  const w = useWords();
  const f = useFormat();
  const now = useNow();
  const live = useUnitLive(unit);
  const modelName = useModelName();
  const measured = useMeasured(unit.id);
  const slots = slotsText(unit.modelSlots, w, f);
  const said = live.reason ? reasonWords(live.reason, w) : (measured ?? (live.model && modelName(live.model)));
  return (
    <Section title={w.units.health} hint={w.units.healthHint}>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm" role="status" data-testid="unit-health">
        <UnitDot status={measured === null ? live.status : 'measuring'} />
        <Drift factor={live.drift} />
        <span className="text-quiet">
          {said ?? (live.status === 'asleep' ? w.board.unit.asleepHint : `${unit.precision.toUpperCase()} · ${slots}`)}
        </span>
      </div>
      <Actions unit={unit} />
      {unit.excluded && (
        <p className="mb-3 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn" data-testid="excluded">
          {w.units.excludedBy(unit.excluded.who, f.date(unit.excluded.at))}
          {unit.excluded.reason && ` · ${w.units.because(unit.excluded.reason)}`}
        </p>
      )}
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4 xl:grid-cols-7">
        <Tile name={w.units.up} value={upFor(upSince, now, f)} />
        <Tile name={w.units.process} value={live.pid ?? w.common.none} />
        <Tile name={w.units.jobs} value={f.number(live.jobs)} />
        <Tile name={w.units.failed} value={f.number(live.failed)} />
        <Tile name={w.units.switches} value={f.number(live.switches)} testId="unit-switches" />
        <Tile name={w.units.crashes} value={f.number(live.crashes)} testId="unit-crashes" />
        <div className="tile col-span-2 sm:col-span-1">
          <p className="truncate text-xs text-quiet">{w.units.resident}</p>
          <p className="text-sm font-medium break-words">{live.resident.map(modelName).join(', ') || w.common.none}</p>
        </div>
      </div>
    </Section>
  );
}
