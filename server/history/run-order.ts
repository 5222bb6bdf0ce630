import type { RunSort } from '../panel/wire.ts';
import type { Condition } from './search/sql.ts';
import type { RunRow } from './views.ts';

export type Order = 'asc' | 'desc';
/** Where a page ended: the value sorted by, and the id that settles ties. Rows that arrive meanwhile shift nothing. */
export interface Cursor {
  readonly value: string | number | null;
  readonly id: number;
}

/** What kind of value each order goes by; one that may be missing comes last in either direction. */
const VALUES: Readonly<Record<RunSort, 'text' | 'number' | 'number?' | 'date?'>> = {
  id: 'number',
  name: 'text',
  policy: 'text',
  status: 'text',
  source: 'text',
  repeat: 'number',
  jobs: 'number',
  failed: 'number',
  throughput: 'number?',
  makespanMs: 'number?',
  meanMs: 'number?',
  p50Ms: 'number?',
  p95Ms: 'number?',
  p99Ms: 'number?',
  utilisation: 'number?',
  switches: 'number?',
  missRate: 'number?',
  startedAt: 'date?',
};
const mayBeMissing = (sort: RunSort): boolean => VALUES[sort].endsWith('?');

export function orderBy(sort: RunSort, order: Order): string {
  if (sort === 'id') return `ORDER BY r.id ${order}`;
  const missingLast = mayBeMissing(sort) ? `r.${sort} IS NULL, ` : '';
  return `ORDER BY ${missingLast}r.${sort} ${order}, r.id ${order}`;
}

/** Rows after the cursor. */
export function after({ value, id }: Cursor, sort: RunSort, order: Order): Condition {
  const beyond = order === 'asc' ? '>' : '<';
  if (sort === 'id') return { sql: `r.id ${beyond} ?`, values: [id] };
  if (value === null) return { sql: `(r.${sort} IS NULL AND r.id ${beyond} ?)`, values: [id] };
  const at = VALUES[sort] === 'date?' ? new Date(value) : value;
  const missing = mayBeMissing(sort) ? ` OR r.${sort} IS NULL` : '';
  return { sql: `(r.${sort} ${beyond} ? OR (r.${sort} = ? AND r.id ${beyond} ?)${missing})`, values: [at, at, id] };
}

export function nextCursor(row: RunRow, sort: RunSort): string {
  const value = row[sort];
  return Buffer.from(JSON.stringify([value instanceof Date ? value.toISOString() : value, row.id])).toString(
    'base64url',
  );
}

/** `null` when the text is no cursor of ours. */
export function readCursor(text: string): Cursor | null {
  try {
    const [value, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    const known = value === null || typeof value === 'number' || typeof value === 'string';
    return known && Number.isSafeInteger(id) ? { value, id: id as number } : null;
  } catch {
    return null;
  }
}

/** Whether the cursor can have come from a page in this order: a forged one must not reach the database. */
export function fits({ value }: Cursor, sort: RunSort): boolean {
  if (value === null) return mayBeMissing(sort);
  if (VALUES[sort].startsWith('number')) return typeof value === 'number';
  return typeof value === 'string' && (VALUES[sort] === 'text' || !Number.isNaN(Date.parse(value)));
}
