import Link from 'next/link';
import { useState } from 'react';
import type { UnitView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { mayOperate, useLive } from '../ui/live/store.ts';
import { useUnitLive } from '../ui/live/use-unit-live.ts';
import { Sheet } from '../ui/sheet.tsx';
import { Simulated } from '../ui/simulated.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { UnitDot } from '../ui/unit-dot.tsx';
import { useModelName } from '../ui/use-model-name.ts';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { CoRunTable } from './co-run-table.tsx';
import { Drift } from './drift.tsx';
import { FaultKnobs } from './fault-knobs.tsx';
import { useMeasured } from './measure-board.tsx';
import { OwnUnitButton } from './own-unit-button.tsx';
import { ProfileTable } from './profile-table.tsx';
import { RealOptions } from './real-options.tsx';
import { SwitchTable } from './switch-table.tsx';

export function UnitSheet({ id, onClose }: { readonly id: string; onClose(): void }) {
  const unit = useLive(({ board }) => board?.boards.flatMap((b) => b.units).find((u) => u.id === id));
  return unit ? <Unit unit={unit} onClose={onClose} /> : null;
}

function Unit({ unit, onClose }: { readonly unit: UnitView; onClose(): void }) {
  const w = useWords();
  const f = useFormat();
  const live = useUnitLive(unit);
  const modelName = useModelName();
  const measured = useMeasured(unit.id);
  const operates = useLive(mayOperate);
  const admin = useLive(({ me }) => me?.role === 'admin');
  const [error, setError] = useState<unknown>(null);
  const release = () => api.post(`/units/${unit.id}/release`, {}).then(() => setError(null), setError);
  const facts = [
    [w.board.unit.precision, unit.precision.toUpperCase()],
    [w.board.unit.slots, unit.modelSlots === null ? w.board.unit.anySlots : f.number(unit.modelSlots)],
    [w.board.unit.resident, live.resident.map(modelName).join(', ') || w.common.none],
    [w.board.unit.jobs, f.number(live.jobs)],
    [w.board.unit.crashes, f.number(live.crashes)],
    [w.board.unit.process, live.pid === null ? w.common.none : String(live.pid)],
  ];
  return (
    <Sheet
      wide
      onClose={onClose}
      title={
        <span className="flex flex-wrap items-center gap-2">
          {unit.name} <Simulated source={unit.source} />
          <Link href={`/units/${unit.id}`} prefetch={false} className="link text-sm font-normal">
            {w.units.details}
          </Link>
        </span>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <div className="flex flex-wrap items-center gap-3">
          <UnitDot status={measured === null ? live.status : 'measuring'} />
          <Drift factor={live.drift} />
          <span className="text-sm text-quiet">
            {live.reason ?? measured ?? (live.status === 'asleep' && w.board.unit.asleepHint)}
          </span>
          {live.status === 'quarantined' && operates && (
            <button type="button" className="btn btn-primary" onClick={() => void release()}>
              {w.board.release}
            </button>
          )}
        </div>
        {error !== null && <Trouble error={error} />}
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-sm sm:grid-cols-3">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt className="text-xs text-quiet">{name}</dt>
              <dd className="num font-medium">{value}</dd>
            </div>
          ))}
        </dl>
        <ProfileTable unit={unit} />
        <SwitchTable unit={unit} />
        <CoRunTable unit={unit} />
        {unit.source === 'simulated' && unit.board === 'machine' && operates && <OwnUnitButton unit={unit} />}
        {unit.source === 'simulated' && operates && <FaultKnobs unit={unit} />}
        {unit.source === 'hardware' && admin && <RealOptions unit={unit} />}
      </div>
    </Sheet>
  );
}
