import { capital } from '../ui/trouble.tsx';
import type { Words } from '../ui/words/en.ts';

/** Why a unit was lost: in the reader's language where the board's sentence is one that we know, else as the board said it. */
export function reasonWords(sentence: string, { units: { why } }: Words): string {
  const signal = /^its process was ended by (\w+)$/.exec(sentence)?.[1];
  if (signal !== undefined) return why.signal(signal);
  const code = /^its process ended with code (\d+)$/.exec(sentence)?.[1];
  if (code !== undefined) return why.code(code);
  if (/ was not answered in time$/.test(sentence)) return why.late;
  const known: Readonly<Record<string, string>> = {
    'its process said something that is not in the protocol': why.rubbish,
    'it was unplugged': why.unplugged,
    'it was reset': why.reset,
    'its options were changed': why.options,
    'the engine is being started again': why.engine,
  };
  return Object.hasOwn(known, sentence) ? (known[sentence] ?? '') : capital(sentence);
}
