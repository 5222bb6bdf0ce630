import { FIELDS, WORD_FIELDS, type WordField } from '../../server/history/search/fields.ts';
import type { SearchProblem } from '../../server/history/search/problem.ts';
import type { Words } from '../ui/words/en.ts';

/** What is wrong with a search, in the reader's language, with what would be right. */
export function problemWords({ code, word, field }: SearchProblem, w: Words): string {
  const { problems } = w.runs;
  switch (code) {
    case 'unknown-field':
      return problems[code](field, FIELDS.join(', '));
    case 'no-value':
    case 'open-quote':
      return problems[code](word);
    case 'not-one-of':
      return problems[code](field, (WORD_FIELDS[field as WordField] ?? []).join(', '), word);
    case 'not-number':
    case 'not-whole':
    case 'not-date':
      return problems[code](field, word);
    case 'not-comparable':
      return problems[code](field);
    case 'nothing-negated':
    case 'too-long':
      return problems[code];
    default:
      return code satisfies never;
  }
}
