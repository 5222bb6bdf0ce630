import { RUN_SORTS, type RunSort, type Status } from '../../server/panel/wire.ts';

/** What the list shows: the address says it all, so that a view can be sent to somebody. */
export interface RunsView {
  readonly q: string;
  readonly policy: string;
  readonly status: string;
  readonly source: string;
  readonly experiment: string;
  readonly sort: RunSort;
  readonly order: 'asc' | 'desc';
}

export const STATUSES: readonly Status[] = ['queued', 'running', 'done', 'stopped', 'failed', 'interrupted'];
export const SOURCES = ['hardware', 'simulated', 'mixed'] as const;
const FILTERS = ['q', 'policy', 'status', 'source', 'experiment'] as const;

export function viewOf(params: URLSearchParams): RunsView {
  const one = (name: string, allowed: readonly string[]) => allowed.find((value) => value === params.get(name)) ?? '';
  const experiment = params.get('experiment') ?? '';
  return {
    q: params.get('q') ?? '',
    policy: params.get('policy') ?? '',
    status: one('status', STATUSES),
    source: one('source', SOURCES),
    experiment: /^\d+$/.test(experiment) ? experiment : '',
    sort: RUN_SORTS.find((sort) => sort === params.get('sort')) ?? 'id',
    order: params.get('order') === 'asc' ? 'asc' : 'desc',
  };
}

/** Only what differs from the plain list. */
export function queryOf(view: RunsView): string {
  const params = new URLSearchParams();
  for (const name of FILTERS) if (view[name]) params.set(name, view[name]);
  if (view.sort !== 'id') params.set('sort', view.sort);
  if (view.order !== 'desc') params.set('order', view.order);
  return params.toString();
}

export const isFiltered = (view: RunsView): boolean => FILTERS.some((name) => view[name] !== '');
