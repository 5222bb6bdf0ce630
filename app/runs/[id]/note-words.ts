import type { RunNote } from '../../../server/panel/wire.ts';
import { capital } from '../../ui/trouble.tsx';
import type { Words } from '../../ui/words/en.ts';
import type { Format } from '../../ui/words/format.ts';

const CLEARED = 'the faults set on it were cleared';
const DRIFT = /^(.+) takes ([\d.]+) times as long as before$/;

/** What a note says: what we know the words of in the reader's language, the rest as the board said it. */
export function noteSentence({ kind, text }: Pick<RunNote, 'kind' | 'text'>, w: Words, f: Format): string {
  const faults: Readonly<Record<string, string>> = w.board.fault;
  if (kind === 'fault') return faults[text] ?? capital(text);
  if (text === CLEARED) return w.board.faultsSet.cleared;
  if (kind === 'unit-back') return w.run.back;
  const factor = kind === 'drift' ? factorOf(text) : null;
  if (factor === null) return capital(text);
  const sentence = factor > 1 ? w.run.slowed(f.number(factor, 2)) : w.run.quickened(f.number(1 / factor, 2));
  const whose = DRIFT.exec(text)?.[1];
  return whose === 'it' ? sentence : `${whose}: ${sentence}`;
}

/** How many times longer a unit takes after a drift; null: the note is about something else. */
export function factorOf(text: string): number | null {
  const factor = Number(DRIFT.exec(text)?.[2]);
  return factor > 0 ? factor : null;
}
