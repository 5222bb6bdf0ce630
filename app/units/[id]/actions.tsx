import { type FormEvent, useState } from 'react';
import type { UnitView } from '../../../server/panel/wire.ts';
import { api } from '../../ui/api.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/field.tsx';
import { refresh } from '../../ui/live/socket.ts';
import { mayOperate, useLive } from '../../ui/live/store.ts';
import { useUnitLive } from '../../ui/live/use-unit-live.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { SheetFoot } from '../../ui/sheet-foot.tsx';
import { toast } from '../../ui/toasts/toasts.ts';
import { Trouble } from '../../ui/trouble.tsx';
import { useWords } from '../../ui/words/language.ts';

/** What an operator may do to a unit: exclude it or include it again, release it from quarantine or reset it. */
export function Actions({ unit }: { readonly unit: UnitView }) {
  const w = useWords();
  const live = useUnitLive(unit);
  const operates = useLive(mayOperate);
  const held = useLive(
    ({ board, state }) =>
      state?.run != null || (board?.experiments.length ?? 0) > 0 || board?.measuring?.status === 'measuring',
  );
  const [open, setOpen] = useState<'exclude' | 'reset' | null>(null);
  const [error, setError] = useState<unknown>(null);
  if (!operates) return null;
  const act = async (work: () => Promise<unknown>) => {
    setError(null);
    try {
      await work();
      await refresh();
    } catch (error) {
      setError(error);
    }
  };
  const asleep = live.status === 'asleep' || live.status === 'absent';
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      {live.status === 'quarantined' ? (
        <button
          type="button"
          className="btn btn-primary"
          onClick={() => void act(() => api.post(`/units/${unit.id}/release`, {}))}
        >
          {w.board.release}
        </button>
      ) : (
        <button
          type="button"
          className="btn"
          disabled={held || asleep}
          title={held ? w.units.resetBusy : asleep ? (live.reason ?? w.board.unit.asleepHint) : undefined}
          onClick={() => setOpen('reset')}
        >
          {w.units.reset}
        </button>
      )}
      {unit.excluded ? (
        <button type="button" className="btn" onClick={() => void act(() => api.delete(`/units/${unit.id}/exclusion`))}>
          {w.units.include}
        </button>
      ) : (
        <button type="button" className="btn" onClick={() => setOpen('exclude')}>
          {w.units.exclude}
        </button>
      )}
      {error !== null && (
        <div className="w-full">
          <Trouble error={error} />
        </div>
      )}
      {open === 'exclude' && <Exclude unit={unit} onClose={() => setOpen(null)} />}
      {open === 'reset' && (
        <Confirm
          question={w.units.resetQuestion}
          yes={w.units.reset}
          onNo={() => setOpen(null)}
          onYes={async () => {
            await api.post(`/units/${unit.id}/reset`, {});
            setOpen(null);
            toast({ kind: 'good', text: w.units.wasReset(unit.name) });
          }}
        />
      )}
    </div>
  );
}

function Exclude({ unit, onClose }: { readonly unit: UnitView; onClose(): void }) {
  const w = useWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '');
    setBusy(true);
    try {
      await api.put(`/units/${unit.id}/exclusion`, { reason });
      await refresh();
      onClose();
      const undo = () => api.delete(`/units/${unit.id}/exclusion`).then(refresh);
      toast({ kind: 'good', text: w.units.wasExcluded(unit.name), undo });
    } catch (error) {
      setError(error);
      setBusy(false);
    }
  };
  return (
    <Sheet title={w.units.excludeTitle} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-4">
        <p className="text-sm text-quiet">{w.units.excludeHint}</p>
        <Field name="reason" label={w.units.reason} maxLength={200} disabled={busy} />
        {error !== null && <Trouble error={error} />}
        <SheetFoot submit={w.units.exclude} busy={busy} onClose={onClose} />
      </form>
    </Sheet>
  );
}
