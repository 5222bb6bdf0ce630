import { FIELDS, isNumberField, isTimeField, WORD_FIELDS } from '../../server/history/search/fields.ts';
import type { RunValues } from '../../server/panel/wire.ts';

export interface Suggestions {
  /** The part of the text that a choice replaces. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly string[];
  /** The beginning of a value that is known: nothing has it yet, and nobody means it. */
  readonly unfinished: boolean;
}
const NONE: Suggestions = { from: 0, to: 0, options: [], unfinished: false };
const MOST = 8;

/** What could stand where somebody types: names of filters, then values of the one that was chosen. */
export function suggest(text: string, caret: number, values: RunValues | null): Suggestions {
  const from = text.slice(0, caret).search(/\S*$/);
  const to = caret + text.slice(caret).search(/(\s|$)/);
  const word = text.slice(from, caret);
  if (word === '' || word.includes('"')) return NONE;
  const [, minus = '', field = '', colon = '', rest = ''] = /^(-?)([a-z0-9]*)(:?)(.*)$/i.exec(word) ?? [];
  if (colon === '') {
    if (rest !== '') return NONE;
    const fields = FIELDS.filter((name) => name.startsWith(field.toLowerCase()));
    return {
      from,
      to,
      unfinished: false,
      options: field === '' ? [] : fields.slice(0, MOST).map((name) => `${minus}${name}${signOf(name)}`),
    };
  }
  const known = valuesOf(field.toLowerCase(), values);
  const typed = rest.slice(rest.lastIndexOf(',') + 1).toLowerCase();
  const before = word.slice(0, word.length - typed.length);
  const fitting = known.filter((value) => value.includes(typed) && value !== typed);
  const first = fitting.filter((value) => value.startsWith(typed));
  const options = [...first, ...fitting.filter((value) => !first.includes(value))].slice(0, MOST);
  const unfinished = options.length > 0 && !known.includes(typed) && !typed.includes('*');
  return { from, to, unfinished, options: options.map((value) => before + value) };
}

const signOf = (field: string): string =>
  isNumberField(field) && field !== 'id' && field !== 'experiment' ? '>' : ':';

function valuesOf(field: string, values: RunValues | null): readonly string[] {
  if (isTimeField(field)) return ['today', 'yesterday', '7d', '30d'];
  const fixed = (WORD_FIELDS as Readonly<Record<string, readonly string[] | null>>)[field];
  return fixed ?? (values as Readonly<Record<string, readonly string[]>> | null)?.[field] ?? [];
}
