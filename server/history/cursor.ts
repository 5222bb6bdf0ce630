import type { Prisma } from '../generated/prisma/client.ts';
import type { RunSort } from '../panel/wire.ts';
import type { RunRow } from './views.ts';

/** Where a page ended: the value sorted by, and the id that settles ties. Rows that arrive meanwhile shift nothing. */
export interface Cursor {
  readonly value: string | number | null;
  readonly id: number;
}

export function cursorAt(row: RunRow, sort: RunSort): Cursor {
  const value = row[sort];
  return { value: value instanceof Date ? value.toISOString() : value, id: row.id };
}

export function nextCursor(row: RunRow, sort: RunSort): string {
  const { value, id } = cursorAt(row, sort);
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
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

const NUMBERS: readonly RunSort[] = ['throughput', 'makespanMs', 'p50Ms', 'p99Ms', 'utilisation'];

/** Whether the cursor can have come from a page in this order: a forged one must not reach the database. */
export function fits({ value }: Cursor, sort: RunSort): boolean {
  if (sort === 'id') return typeof value === 'number';
  if (sort === 'policy' || sort === 'status') return typeof value === 'string';
  if (value === null) return true;
  if (NUMBERS.includes(sort)) return typeof value === 'number';
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

/** Rows after the cursor; rows without a value come last in either direction. */
export function after({ value, id }: Cursor, sort: RunSort, order: 'asc' | 'desc'): Prisma.RunWhereInput {
  const beyond = order === 'asc' ? 'gt' : 'lt';
  if (sort === 'id') return { id: { [beyond]: id } };
  if (value === null) return { AND: [{ [sort]: null }, { id: { [beyond]: id } }] };
  const at = sort === 'startedAt' ? new Date(value) : value;
  const nullable = sort !== 'policy' && sort !== 'status';
  return {
    OR: [
      { [sort]: { [beyond]: at } },
      { [sort]: at, id: { [beyond]: id } },
      ...(nullable ? [{ [sort]: null } as Prisma.RunWhereInput] : []),
    ],
  };
}
