import type * as z from 'zod';
import { latencyTable } from '../../server/hardware/board.ts';
import { capital } from '../ui/trouble.tsx';
import type { Words } from '../ui/words/en.ts';

/** Where in the table, as a path ("" is the whole), and one sentence. */
export interface TableFault {
  readonly where: string;
  readonly sentence: string;
}

const MOST = 6;

/** What is wrong with a pasted table, by the very schema that the board uses, in the reader's language. */
export function tableFaults(table: unknown, w: Words): readonly TableFault[] {
  const read = latencyTable.safeParse(table);
  if (read.success) return [];
  return read.error.issues
    .slice(0, MOST)
    .map((issue) => ({ where: issue.path.join('.'), sentence: sentenceOf(issue, w) }));
}

function sentenceOf(issue: z.core.$ZodIssue, w: Words): string {
  const t = w.board.custom.wrong;
  if (issue.code === 'unrecognized_keys') return t.unknownKey(issue.keys.join(', '));
  if (issue.code === 'custom') return ownSentence(issue.message, w);
  const [root, place, field] = issue.path.map(String);
  switch (root) {
    case undefined:
      return t.shape;
    case 'units':
      return field === 'id' ? t.unitId : field === 'modelSlots' ? t.slots : field === 'switchMs' ? t.switchMs : t.units;
    case 'models':
      return place === undefined ? t.models : t.modelId;
    case 'latencyMs':
      return field === undefined ? t.rows : t.ms;
    default:
      return t.parameters;
  }
}

/** The sentences of the schema's own rules. */
function ownSentence(message: string, w: Words): string {
  const t = w.board.custom.wrong;
  if (message === 'a unit is named twice') return t.unitTwice;
  if (message === 'a model is named twice') return t.modelTwice;
  const nowhere = /^no unit can run the model "(.+)"$/.exec(message)?.[1];
  if (nowhere) return t.nowhere(nowhere);
  if (/^the switchMs of /.test(message)) return t.switchMs;
  const ghost = /^latencyMs names the unit "(.+)", which/.exec(message)?.[1];
  return ghost ? t.ghost(ghost) : capital(message);
}
