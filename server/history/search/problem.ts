import { FIELDS, WORD_FIELDS, type WordField } from './fields.ts';

/** Why a search cannot be understood, and where in it. */
export interface SearchProblem {
  readonly code: ProblemCode;
  /** What was typed there. */
  readonly word: string;
  readonly field: string;
  readonly from: number;
  readonly to: number;
}
export const PROBLEMS = [
  'unknown-field',
  'no-value',
  'open-quote',
  'nothing-negated',
  'not-one-of',
  'not-number',
  'not-whole',
  'not-comparable',
  'not-date',
  'too-long',
] as const;
export type ProblemCode = (typeof PROBLEMS)[number];

/** In one sentence, with the syntax that was expected. The panel has its own, in its languages. */
export function problemSentence({ code, word, field }: SearchProblem): string {
  switch (code) {
    case 'unknown-field':
      return `there is no filter "${field}"; there are ${FIELDS.join(', ')}; put the text in quotes to search for it as it stands`;
    case 'no-value':
      return `"${word}" needs a value right after it, as in policy:sjf, rate>30 or name:"night sweep"`;
    case 'open-quote':
      return `the quote that begins at ${word} has no end`;
    case 'nothing-negated':
      return 'a minus leaves out what follows it without a space, as in -tag:paper';
    case 'not-one-of':
      return `${field} is one of ${(WORD_FIELDS[field as WordField] ?? []).join(', ')}, not "${word}"`;
    case 'not-number':
      return `${field} is compared with a number, as in ${field}>30, ${field}<=1.5 or ${field}:10..20, not with "${word}"`;
    case 'not-whole':
      return `${field} is a whole number, as in ${field}:3 or ${field}:3..9, not "${word}"`;
    case 'not-comparable':
      return `${field} takes a colon and a word, as in ${field}:${WORD_FIELDS[field as WordField]?.[0] ?? 'word'}; only numbers are compared with < and >`;
    case 'not-date':
      return `${field} takes a day such as 2026-11-01, a month, a year, a time such as 2026-11-01T18:30, today, yesterday, or an age such as 7d or 12h, not "${word}"`;
    case 'too-long':
      return 'a search has 500 characters and 30 parts at most';
    default:
      return code satisfies never;
  }
}
