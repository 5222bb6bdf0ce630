import { useRef } from 'react';
import type { UnitView } from '../../server/panel/wire.ts';
import { useLive } from '../ui/live/store.ts';
import { useUnitLive } from '../ui/live/use-unit-live.ts';
import { Simulated } from '../ui/simulated.tsx';
import { slotsText } from '../ui/slots-text.ts';
import { UnitDot } from '../ui/unit-dot.tsx';
import { useModelName } from '../ui/use-model-name.ts';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { Drift } from './drift.tsx';
import { FaultsSet } from './faults-set.tsx';
import { useMeasured } from './measure-board.tsx';
import { Sparkline } from './sparkline.tsx';

export function UnitCard({ unit, onOpen }: { readonly unit: UnitView; onOpen(): void }) {
  const w = useWords();
  const f = useFormat();
  const live = useUnitLive(unit);
  const modelName = useModelName();
  const card = useRef<HTMLButtonElement>(null);
  const measured = useMeasured(unit.id);
  const utilisation = useLive(({ state }) => state?.run?.utilisation[unit.id]);
  const stale = useLive(({ connection }) => connection === 'lost');
  const slots = slotsText(unit.modelSlots, w, f);
  const said =
    live.reason ?? (measured || (live.model ? modelName(live.model) : live.resident.map(modelName).join(', ')));
  return (
    <div className={`card flex min-w-0 flex-col hover:border-line-strong ${stale ? 'opacity-60 saturate-50' : ''}`}>
      <button
        ref={card}
        type="button"
        data-testid="unit-card"
        data-unit={unit.id}
        aria-label={w.board.unit.open(unit.name)}
        onClick={onOpen}
        className="grid min-w-0 flex-1 content-start gap-1.5 rounded-[inherit] p-3 text-left"
      >
        <span className="flex min-h-5 items-start justify-between gap-2">
          <span className="line-clamp-1 text-sm font-semibold">{unit.name}</span>
        </span>
        <span className="flex min-h-6 flex-wrap items-center gap-1.5">
          <UnitDot status={measured === null ? live.status : 'measuring'} />
          <Simulated source={unit.source} />
          <Drift factor={live.drift} />
        </span>
        <span className="line-clamp-1 min-h-5 text-xs text-quiet" title={said}>
          {said || w.common.none}
        </span>
        <Sparkline unit={unit.id} />
        <span className="num flex flex-wrap justify-between gap-x-2 text-xs text-quiet">
          <span>
            {unit.precision.toUpperCase()} · {slots}
          </span>
          <span>{utilisation === undefined ? `${f.number(live.jobs)} ${w.gantt.jobs}` : f.share(utilisation)}</span>
        </span>
      </button>
      <FaultsSet unit={unit} className="border-t border-line px-3 py-1.5" onCleared={() => card.current?.focus()} />
    </div>
  );
}
