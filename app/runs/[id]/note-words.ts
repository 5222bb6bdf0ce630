import type { RunNote } from '../../../server/panel/wire.ts';
import { driftOf } from '../../ui/gantt/drift-note.ts';
import { heatOf, heldShareOf } from '../../ui/gantt/throttle-note.ts';
import { capital } from '../../ui/trouble.tsx';
import type { Words } from '../../ui/words/en.ts';
import type { Format } from '../../ui/words/format.ts';

const CLEARED = 'the faults set on it were cleared';

/** What a note says: what we know the words of in the reader's language, the rest as the board said it. */
export function noteSentence({ kind, text }: Pick<RunNote, 'kind' | 'text'>, w: Words, f: Format): string {
  const faults: Readonly<Record<string, string>> = w.board.fault;
  if (kind === 'fault') return faults[text] ?? capital(text);
  if (text === CLEARED) return w.board.faultsSet.cleared;
  const jump = /clock was set (forward|back) by (\d+) s$/.exec(text);
  if (jump) return w.run[jump[1] === 'back' ? 'clockBack' : 'clockForward'](f.number(Number(jump[2]), 0));
  if (kind === 'unit-back') return w.run.back;
  if (kind === 'unthrottled') return w.toasts.unthrottled;
  if (kind === 'throttled') return heldSentence(text, w, f);
  const drift = kind === 'drift' ? driftOf(text) : null;
  if (!drift) return capital(text);
  const { whose, factor } = drift;
  const sentence = factor > 1 ? w.run.slowed(f.number(factor, 2)) : w.run.quickened(f.number(1 / factor, 2));
  return whose === 'it' ? sentence : `${whose}: ${sentence}`;
}

function heldSentence(text: string, w: Words, f: Format): string {
  const share = heldShareOf(text);
  const heat = heatOf(text);
  const held = share < 1 ? w.run.heldAt(f.share(share)) : w.toasts.throttled;
  return heat ? `${held} · ${f.number(heat.temperatureC, 1)} °C (${heat.zone})` : held;
}
