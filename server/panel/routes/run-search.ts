import * as z from 'zod';
import type { PageQuestion, RunQuestion } from '../../history/run-list.ts';
import { type Cursor, fits, readCursor } from '../../history/run-order.ts';
import { SOURCES, STATUSES } from '../../history/search/fields.ts';
import { parseSearch, type Search, type Term } from '../../history/search/parse.ts';
import { problemSentence } from '../../history/search/problem.ts';
import { badRequest, parse, Refusal } from '../refusal.ts';
import { RUN_SORTS } from '../wire.ts';
import { numberedId } from './experiments.ts';

const filters = {
  q: z.string().default(''),
  policy: z.string().max(32).optional(),
  status: z.enum(STATUSES).optional(),
  source: z.enum(SOURCES).optional(),
  experiment: numberedId.optional(),
  ids: z
    .string()
    .regex(/^\d{1,12}(,\d{1,12}){0,199}$/, 'is not a list of at most 200 numbers')
    .transform((text) => text.split(',').map(Number))
    .optional(),
  sort: z.enum(RUN_SORTS).default('id'),
  order: z.enum(['asc', 'desc']).default('desc'),
};
const listQuery = z.object(filters);
const pageQuery = z.object({
  ...filters,
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What an address asks of the list: all that fits. */
export const listQuestion = (query: URLSearchParams): RunQuestion => questionOf(parse(listQuery, given(query)));

/** One page of it. */
export function pageQuestion(query: URLSearchParams): PageQuestion {
  const { cursor, limit, ...asked } = parse(pageQuery, given(query));
  const question = questionOf(asked);
  return { ...question, limit, cursor: cursor === undefined ? undefined : readFitting(cursor, question) };
}

function readFitting(text: string, { sort }: RunQuestion): Cursor {
  const cursor = readCursor(text);
  if (!cursor || !fits(cursor, sort)) throw badRequest('cursor: is not of a page in this order');
  return cursor;
}

/** A filter that was left empty in a form was not given. */
const given = (query: URLSearchParams) => Object.fromEntries([...query].filter(([, value]) => value !== ''));

type Asked = z.output<typeof listQuery>;

function questionOf({ q, ids, sort, order, ...plain }: Asked): RunQuestion {
  return { search: [...searchOf(q), ...plainTerms(plain)], among: ids, sort, order, now: new Date() };
}

export function searchOf(text: string): Search {
  const parsed = parseSearch(text);
  if (parsed.ok) return parsed.value;
  const sentence = problemSentence(parsed.error);
  throw new Refusal(400, 'bad_search', sentence, { q: sentence });
}

/** Filters that stand in the address by themselves. */
function plainTerms({ policy, status, source, experiment }: Omit<Asked, 'q' | 'ids' | 'sort' | 'order'>): Term[] {
  const place = { not: false, from: 0, to: 0 };
  const word = (field: 'policy' | 'status' | 'source', value: string | undefined): Term[] =>
    value === undefined ? [] : [{ ...place, kind: 'word', field, values: [value] }];
  const range = { above: experiment ?? 0, below: experiment ?? 0, withAbove: true, withBelow: true };
  return [
    ...word('policy', policy),
    ...word('status', status),
    ...word('source', source),
    ...(experiment === undefined ? [] : [{ ...place, kind: 'number', field: 'experiment', range } as const]),
  ];
}
