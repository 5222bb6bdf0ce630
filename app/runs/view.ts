import { RUN_SORTS, type RunSort } from '../../server/panel/wire.ts';
import { type Column, readColumns } from './columns.ts';
import { withValue } from './search-text.ts';

/** What the list shows: the address says it all, so that a view can be sent to somebody. */
export interface RunsView {
  readonly q: string;
  readonly sort: RunSort;
  readonly order: 'asc' | 'desc';
  /** null: as this browser had them last. */
  readonly columns: readonly Column[] | null;
}

/** Filters that older addresses have beside the search. */
const OLDER = ['policy', 'status', 'source', 'experiment'] as const;

export function viewOf(params: URLSearchParams): RunsView {
  let q = (params.get('q') ?? '').trim();
  for (const field of OLDER) {
    const value = params.get(field);
    if (value && /^[\w-]{1,32}$/.test(value)) q = withValue(q, field, value);
  }
  return {
    q,
    sort: RUN_SORTS.find((sort) => sort === params.get('sort')) ?? 'id',
    order: params.get('order') === 'asc' ? 'asc' : 'desc',
    columns: readColumns(params.get('cols')),
  };
}

/** Only what differs from the plain list, with the signs of a search left readable. */
export function queryOf({ columns, ...view }: RunsView): string {
  const cols = columns ? `cols=${columns.join(',')}` : '';
  return [askedOf({ ...view, columns }), cols].filter(Boolean).join('&');
}

/** The part of it that the board is asked. */
export function askedOf({ q, sort, order }: RunsView): string {
  const params = new URLSearchParams();
  if (q) params.set('q', q);
  if (sort !== 'id') params.set('sort', sort);
  if (order !== 'desc') params.set('order', order);
  return params.toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%2A', '*');
}

export const isFiltered = (view: RunsView): boolean => view.q !== '';
