import { useState } from 'react';
import type { BoardView, MeasureState } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { useLive } from '../ui/live/store.ts';
import { capital, Trouble } from '../ui/trouble.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

/** Whether this board is being measured now. */
export const useMeasuring = (board: BoardView): MeasureState | null => {
  const state = useLive((live) => live.board?.measuring ?? null);
  return state?.board === board.id ? state : null;
};

/** Begins a measurement, or ends it. What a refusal says is put under the heading by `onError`. */
export function MeasureButton({ board, onError }: { readonly board: BoardView; onError(error: unknown): void }) {
  const w = useWords();
  const going = useMeasuring(board)?.status === 'measuring';
  const running = useLive(({ state }) => state?.run != null);
  const [busy, setBusy] = useState(false);
  const press = async () => {
    onError(null);
    if (!going && running) return onError(new Error(w.board.measure.refused));
    setBusy(true);
    try {
      if (going) await api.delete(`/boards/${board.id}/measure`);
      else await api.post(`/boards/${board.id}/measure`, {});
    } catch (error) {
      onError(error);
    }
    setBusy(false);
  };
  return (
    <button type="button" className="btn btn-quiet" disabled={busy} onClick={() => void press()}>
      {going ? w.board.measure.stop : w.board.measure.begin}
    </button>
  );
}

/** How far it is, then how it ended. */
export function MeasureProgress({ board, error }: { readonly board: BoardView; readonly error: unknown }) {
  const w = useWords();
  const state = useMeasuring(board);
  if (error !== null) return <Trouble error={error} />;
  if (!state) return null;
  if (state.status === 'measuring') return <Going board={board} state={state} />;
  const sentence = state.status === 'failed' ? capital(state.reason ?? '') : w.board.measure[state.status];
  return (
    <p role="status" className={`mb-2 text-xs ${state.status === 'failed' ? 'text-bad' : 'text-quiet'}`}>
      {sentence}
    </p>
  );
}

function Going({
  board,
  state,
}: {
  readonly board: BoardView;
  readonly state: MeasureState & { status: 'measuring' };
}) {
  const w = useWords();
  const f = useFormat();
  const { step, done, of } = state;
  const names = step?.units.map((id) => board.units.find((unit) => unit.id === id)?.name ?? id) ?? [];
  const what = step ? w.board.measure.step[step.kind](names, step.models) : w.board.measure.waits;
  return (
    <div className="mb-2 text-xs text-quiet">
      <div className="flex justify-between gap-3">
        <span role="status" className="min-w-0 truncate" title={what}>
          {what}
        </span>
        <span className="num shrink-0">{w.shell.progress(f.number(done), f.number(of))}</span>
      </div>
      <progress className="h-1 w-full accent-accent" aria-label={w.board.measure.begin} value={done} max={of || 1} />
    </div>
  );
}
