import { useEffect, useState } from 'react';
import type { BoardView, MeasureState } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { mayOperate, useLive } from '../ui/live/store.ts';
import { capital, sentenceOf } from '../ui/trouble.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';
import { knownOf } from './known-times.ts';
import { useNow } from './use-now.ts';

/**
 * How far a board's measurement is, or what is known of its times; the button that begins one, or ends it. `onTimes` opens
 * the board's times; left out where they are shown already.
 */
export function MeasureBoard({ board, onTimes }: { readonly board: BoardView; onTimes?: () => void }) {
  const w = useWords();
  const operates = useLive(mayOperate);
  const last = useLive((live) => live.board?.measuring ?? null);
  const state = last?.board === board.id ? last : null;
  const going = state?.status === 'measuring' ? state : null;
  const { press, busy, error } = useMeasure(board);
  return (
    <div className="relative mb-2 flex min-h-9 items-center gap-1 pb-1.5">
      <p
        role={error === null ? 'status' : 'alert'}
        className={`num line-clamp-2 min-w-0 flex-1 text-xs leading-4 ${error !== null || state?.status === 'failed' ? 'text-bad' : 'text-quiet'}`}
      >
        {error !== null ? (
          sentenceOf(error, w)
        ) : going ? (
          <Going board={board} state={going} />
        ) : (
          <Known board={board} state={state} />
        )}
      </p>
      {onTimes && (
        <button type="button" className="btn btn-quiet px-2" onClick={onTimes}>
          {w.board.times.open}
        </button>
      )}
      {operates && (
        <button type="button" className="btn btn-quiet px-2" aria-disabled={busy} onClick={() => void press()}>
          {going ? w.board.measure.stop : w.board.measure.begin}
        </button>
      )}
      {going && (
        <progress
          className="absolute inset-x-0 bottom-0 h-1 w-full appearance-none overflow-hidden rounded-full bg-track [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-track [&::-webkit-progress-value]:bg-accent"
          aria-label={w.board.measure.begin}
          value={going.done}
          max={going.of || 1}
        />
      )}
    </div>
  );
}

/** What a refusal says stands until something else happens. */
function useMeasure(board: BoardView) {
  const w = useWords();
  const measuring = useLive((live) => live.board?.measuring ?? null);
  const running = useLive(({ board }) => (board?.experiments.length ?? 0) > 0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const status = measuring?.status;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something else happens
  useEffect(() => setError(null), [running, status]);
  const refusal = (): string | null => {
    if (status === 'measuring') return measuring?.board === board.id ? null : w.board.measure.elsewhere;
    return running ? w.board.measure.refused : null;
  };
  const press = async () => {
    if (busy) return; // not `disabled`: a button that is loses the keyboard's focus
    const refused = refusal();
    setError(refused === null ? null : new Error(refused));
    if (refused !== null) return;
    setBusy(true);
    try {
      if (status === 'measuring') await api.delete(`/boards/${board.id}/measure`);
      else await api.post(`/boards/${board.id}/measure`, {});
    } catch (error) {
      setError(error);
    }
    setBusy(false);
  };
  return { press, busy, error };
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
  if (!step) return w.board.measure.waits;
  const names = step.units.map((id) => board.units.find((unit) => unit.id === id)?.name ?? id);
  return `${w.shell.progress(f.number(done), f.number(of))} · ${w.board.measure.step[step.kind](names, step.models)}`;
}

/** How the last measurement ended where that needs to be said, and how much of the board was measured, and when. */
function Known({ board, state }: { readonly board: BoardView; readonly state: MeasureState | null }) {
  const w = useWords();
  const f = useFormat();
  const now = useNow();
  const profiles = useLive(({ board }) => board?.profiles);
  const { measured, of, newest } = knownOf(board, profiles ?? []);
  const known =
    newest === null
      ? w.board.measure[board.simulated ? 'given' : 'never']
      : w.board.measure.known(f.number(measured), f.number(of), f.since(newest, now));
  if (state?.status === 'failed') return `${capital(state.reason ?? '')}. ${known}`;
  if (state?.status !== 'stopped') return known;
  return `${w.board.measure[state.reason === 'it was stopped' ? 'stopped' : 'overtaken']} ${known}`;
}

/** What a unit runs for a measurement at this moment; null: it is not being measured. */
export function useMeasured(unit: string): string | null {
  const step = useLive(({ board }) => (board?.measuring?.status === 'measuring' ? board.measuring.step : null));
  const at = step?.units.indexOf(unit as never) ?? -1;
  if (!step || at < 0) return null;
  return step.kind === 'switching' ? step.models.join(' ⇄ ') : (step.models[at] ?? null);
}
