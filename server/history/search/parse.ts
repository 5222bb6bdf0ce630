import {
  isNumberField,
  isTimeField,
  isWordField,
  NUMBER_FIELDS,
  type NumberField,
  type TimeField,
  WORD_FIELDS,
  type WordField,
} from './fields.ts';
import type { ProblemCode, SearchProblem } from './problem.ts';

/** Each part must fit. `from` and `to` say where in the text it stands. */
export type Term = { readonly not: boolean; readonly from: number; readonly to: number } & (
  | { readonly kind: 'text'; readonly text: string }
  /** One of the values; `*` stands for anything. */
  | { readonly kind: 'word'; readonly field: WordField; readonly values: readonly string[] }
  /** Bounds that may be missing; whether they belong to what fits. */
  | { readonly kind: 'number'; readonly field: NumberField; readonly range: Range }
  /** The date as it was written: which moment it is depends on the board's clock (when.ts). */
  | { readonly kind: 'time'; readonly field: TimeField; readonly date: string }
);
export interface Range {
  readonly above: number | null;
  readonly below: number | null;
  readonly withAbove: boolean;
  readonly withBelow: boolean;
}
export type Search = readonly Term[];
export type Parsed =
  | { readonly ok: true; readonly value: Search }
  | { readonly ok: false; readonly error: SearchProblem };

const MOST_CHARACTERS = 500;
const MOST_TERMS = 30;

/** `policy:sjf -tag:paper rate>30 after:2026-11-01 "night sweep"`, understood once, at the door. */
export function parseSearch(text: string): Parsed {
  const tokens = tokensOf(text);
  if (!tokens.ok) return tokens;
  if (text.length > MOST_CHARACTERS || tokens.value.length > MOST_TERMS)
    return { ok: false, error: { code: 'too-long', word: '', field: '', from: 0, to: text.length } };
  const terms: Term[] = [];
  for (const token of tokens.value) {
    const term = termOf(token);
    if (!term.ok) return { ok: false, error: { ...term.error, from: token.from, to: token.to } };
    terms.push({ ...term.value, not: token.not, from: token.from, to: token.to });
  }
  return { ok: true, value: terms };
}

interface Token {
  readonly not: boolean;
  /** `policy` and `:`; both empty for plain text. */
  readonly field: string;
  readonly sign: string;
  readonly values: readonly string[];
  /** As it was typed. */
  readonly typed: string;
  readonly from: number;
  readonly to: number;
}

const HEAD = /(-?)(?:([\p{L}][\p{L}\p{N}_]*)(:|>=|<=|>|<|=))?/uy;

function tokensOf(text: string): { ok: true; value: Token[] } | { ok: false; error: SearchProblem } {
  const tokens: Token[] = [];
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const from = at;
    HEAD.lastIndex = at;
    const [head = '', minus, field = '', sign = ''] = HEAD.exec(text) ?? [];
    const { list: values, end, open } = valuesAt(text, from + head.length, field !== '');
    if (open !== null) {
      const word = text.slice(open, open + 12);
      return { ok: false, error: { code: 'open-quote', word, field, from: open, to: text.length } };
    }
    at = end;
    const typed = text.slice(from, end);
    tokens.push({ not: minus === '-', field: field.toLowerCase(), sign, values, typed, from, to: end });
  }
  return { ok: true, value: tokens };
}

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

function skipSpace(text: string, at: number): number {
  let next = at;
  while (isSpace(text[next])) next++;
  return next;
}

/** Up to the next space that is not in quotes; a filter's values have commas between them. `open`: where a quote has no end. */
function valuesAt(text: string, from: number, split: boolean): { list: string[]; end: number; open: number | null } {
  const list = [''];
  let at = from;
  while (at < text.length && !isSpace(text[at])) {
    const character = text[at]!; // at < length
    if (character === '"') {
      const quoted = quotedAt(text, at);
      if (!quoted) return { list, end: at, open: at };
      list[list.length - 1] += quoted.text;
      at = quoted.end;
    } else {
      if (character === ',' && split) list.push('');
      else list[list.length - 1] += character;
      at++;
    }
  }
  return { list, end: at, open: null };
}

/** Within quotes \" is a quote and \\ a backslash. */
function quotedAt(text: string, from: number): { text: string; end: number } | null {
  let inside = '';
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '"') return { text: inside, end: at + 1 };
    if (text[at] === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\')) at++;
    inside += text[at];
  }
  return null;
}

/** A Term without its place. */
type Bare = Term extends infer T ? (T extends unknown ? Omit<T, 'not' | 'from' | 'to'> : never) : never;
type Read = { ok: true; value: Bare } | { ok: false; error: Omit<SearchProblem, 'from' | 'to'> };

function termOf(token: Token): Read {
  const { field, sign, values, typed } = token;
  const wrong = (code: ProblemCode, word = typed): Read => ({ ok: false, error: { code, word, field } });
  if (field === '') {
    const text = values.join(',');
    return typed === '-' ? wrong('nothing-negated') : { ok: true, value: { kind: 'text', text } };
  }
  const named = values.filter((value) => value !== '');
  if (!isWordField(field) && !isNumberField(field) && !isTimeField(field)) return wrong('unknown-field');
  if (named.length === 0) return wrong('no-value');
  if (isNumberField(field)) return numberTerm(field, sign, named.join(','));
  if (sign !== ':' && sign !== '=') return wrong('not-comparable');
  if (isTimeField(field)) return timeTerm(field, named.join(','));
  return wordTerm(field, named);
}

function wordTerm(field: WordField, typed: readonly string[]): Read {
  const free = field === 'name' || field === 'note';
  const values = typed.map((value) => (free ? value : value.toLowerCase()));
  const allowed: readonly string[] | null = WORD_FIELDS[field];
  const odd = allowed && values.find((value) => !value.includes('*') && !allowed.includes(value));
  if (odd) return { ok: false, error: { code: 'not-one-of', word: odd, field } };
  return { ok: true, value: { kind: 'word', field, values } };
}

const NUMBER = /^(-?\d{1,15}(?:\.\d{0,9})?|-?\.\d{1,9})(ms|s|min|%)?$/;
const FACTOR: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000 };

function numberTerm(field: NumberField, sign: string, typed: string): Read {
  const whole = NUMBER_FIELDS[field] === 'whole';
  const wrong: Read = { ok: false, error: { code: whole ? 'not-whole' : 'not-number', word: typed, field } };
  const term = (range: Range): Read => ({ ok: true, value: { kind: 'number', field, range } });
  // `rate:>30` is meant as `rate>30`, and `rate:10..20` is a range.
  const [, inner = '', rest = ''] = /^(>=|<=|>|<)?(.*)$/s.exec(typed) ?? [];
  if (inner !== '' && sign !== ':') return wrong;
  const compare = inner || sign;
  const ends = rest.split('..');
  if (ends.length === 2 && compare === ':') {
    const [above, below] = ends.map((end) => (end === '' ? null : readNumber(field, end)));
    if (above === undefined || below === undefined || (above === null && below === null)) return wrong;
    return term({ above: above?.value ?? null, below: below?.value ?? null, withAbove: true, withBelow: true });
  }
  const number = readNumber(field, rest);
  if (!number) return wrong;
  const { value, half } = number;
  if (compare.startsWith('>'))
    return term({ above: value, below: null, withAbove: compare === '>=', withBelow: false });
  if (compare.startsWith('<'))
    return term({ above: null, below: value, withAbove: false, withBelow: compare === '<=' });
  // What is shown as 61.2 is found by 61.2.
  return term({ above: value - half, below: value + half, withAbove: true, withBelow: half === 0 });
}

/** The number in the database's unit, and half of its last digit. */
function readNumber(field: NumberField, typed: string): { value: number; half: number } | undefined {
  const [, digits, unit = ''] = NUMBER.exec(typed) ?? [];
  const kind = NUMBER_FIELDS[field];
  const fits = unit === '' || (kind === 'ms' ? unit !== '%' : kind === 'percent' && unit === '%');
  if (digits === undefined || !fits) return undefined;
  const factor = kind === 'percent' ? 0.01 : (FACTOR[unit] ?? 1);
  if (kind === 'whole') return /^\d+$/.test(digits) ? { value: Number(digits), half: 0 } : undefined;
  const decimals = digits.split('.')[1]?.length ?? 0;
  return { value: Number(digits) * factor, half: (0.5 / 10 ** decimals) * factor };
}

const DATE =
  /^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(t([01]\d|2[0-3]):[0-5]\d)?)?)?|today|yesterday|\d{1,5}[hdw])$/;

function timeTerm(field: TimeField, typed: string): Read {
  const date = typed.toLowerCase();
  if (!DATE.test(date) || !isInCalendar(date)) return { ok: false, error: { code: 'not-date', word: typed, field } };
  return { ok: true, value: { kind: 'time', field, date } };
}

/** There is no 31 February. */
function isInCalendar(date: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(date) ?? [];
  return (
    day === undefined || new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day)
  );
}
