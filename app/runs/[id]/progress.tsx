import type { RunDetail, RunLive, Settling } from '../../../server/panel/wire.ts';
import { useLive } from '../../ui/live/store.ts';
import { capital } from '../../ui/trouble.tsx';
import type { Words } from '../../ui/words/en.ts';
import { type Format, useFormat } from '../../ui/words/format.ts';
import { useWords } from '../../ui/words/language.ts';

/** How far it is and how long it will take; afterwards one sentence where it did not end as it should. */
export function Progress({ run, rows }: { readonly run: RunDetail; readonly rows: number }) {
  const w = useWords();
  const f = useFormat();
  const live = useLive(({ state }) => (state?.run?.run === run.id ? state.run : null));
  if (live?.settling)
    return <Strip sentence={settlingSentence(live.settling, w, f)} share={settledShare(live.settling)} />;
  if (run.status === 'queued') return <Strip sentence={w.run.queued} share={null} />;
  if (run.status === 'running') {
    const sentence =
      !live || live.phase === 'preparing'
        ? w.run.preparing
        : live.phase === 'ending'
          ? w.run.ending
          : w.run.eta(f.clock(leftMs(run, live)));
    const share = live && live.total > 0 ? (live.done + live.failed) / live.total : 0;
    return <Strip sentence={sentence} share={share} />;
  }
  const kept = f.number(Math.max(rows, run.rows));
  const sentence = endSentence(run, kept, w);
  if (!sentence) return null;
  const colours = run.status === 'failed' ? 'bg-bad-soft text-bad' : 'bg-warn-soft text-warn';
  return <p className={`rounded-lg px-4 py-2.5 text-sm ${colours}`}>{sentence}</p>;
}

function settlingSentence(settling: Settling, w: Words, f: Format): string {
  if (settling.kind === 'cooling') return w.run.cooling(f.tick(settling.nowC), f.tick(settling.toC));
  return w.run.warming(f.number(Math.floor(settling.s)), f.tick(settling.ofS));
}

/** How long cooling takes nobody knows. */
const settledShare = (settling: Settling): number | null =>
  settling.kind === 'warming' ? settling.s / settling.ofS : null;

/** Ends of our own making are worded by us; why a run failed stays as the board said it. */
function endSentence(run: RunDetail, kept: string, w: Words): string | null {
  const begun = run.startedAt !== null;
  if (run.status === 'interrupted') return begun ? w.run.interrupted(kept) : w.run.interruptedBefore;
  if (run.status === 'stopped') return begun ? w.run.stoppedNote(kept) : w.run.stoppedBefore;
  return run.reason && capital(run.reason);
}

/** By the prediction where there is one, else by the pace so far. */
function leftMs(run: RunDetail, live: RunLive): number {
  const predicted = (run.predicted?.makespanMs ?? 0) - live.elapsedMs;
  if (predicted > 0) return predicted;
  return live.done > 0 ? ((live.total - live.done) * live.elapsedMs) / live.done : 0;
}

function Strip({ sentence, share }: { readonly sentence: string; readonly share: number | null }) {
  const f = useFormat();
  return (
    <div className="card flex items-center gap-4 px-4 py-3 text-sm">
      <progress
        className="h-2 min-w-0 flex-1 appearance-none overflow-hidden rounded-full bg-track [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-track [&::-webkit-progress-value]:bg-accent"
        max={1}
        value={share ?? 0}
        aria-label={sentence}
      />
      {share !== null && <b className="num w-12 text-right">{f.share(share)}</b>}
      <span className="num text-quiet">{sentence}</span>
    </div>
  );
}
