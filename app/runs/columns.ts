import { RUN_SORTS, type RunSort } from '../../server/panel/wire.ts';

export const COLUMNS = [
  'id',
  'name',
  'policy',
  'status',
  'source',
  'boards',
  'models',
  'workload',
  'repeat',
  'jobs',
  'failed',
  'throughput',
  'makespanMs',
  'meanMs',
  'p50Ms',
  'p95Ms',
  'p99Ms',
  'utilisation',
  'switches',
  'missRate',
  'tags',
  'note',
  'startedAt',
] as const;
export type Column = (typeof COLUMNS)[number];

export const USUAL: readonly Column[] = [
  ...(['id', 'name', 'policy', 'status', 'throughput', 'makespanMs', 'p99Ms'] as const),
  ...(['utilisation', 'tags', 'startedAt'] as const),
];
/** Without these a row is nobody's. */
export const FIXED: readonly Column[] = ['id', 'name'];

const WIDTH: Partial<Record<Column, number>> = {
  ...{ id: 3.75, policy: 5.5, status: 6.75, source: 6.5, boards: 6, models: 10, workload: 6.5, utilisation: 4 },
  ...{ tags: 6.5, note: 12, startedAt: 10.75, repeat: 4.5, jobs: 5, failed: 4.5 },
};
const USUAL_WIDTH = 4.875;
const BOX = 2.75;
const NAME = 11;
const GAP = 0.75;

/** Columns of the grid, and how narrow it may become before it scrolls. */
export function gridOf(columns: readonly Column[]): { readonly template: string; readonly least: string } {
  const widths = columns.map((column) => (column === 'name' ? NAME : (WIDTH[column] ?? USUAL_WIDTH)));
  const tracks = columns.map((column, i) => (column === 'name' ? `minmax(${NAME}rem,1fr)` : `${widths[i]}rem`));
  const least = BOX + widths.reduce((sum, width) => sum + width, 0) + GAP * columns.length + 2;
  return { template: `${BOX}rem ${tracks.join(' ')}`, least: `${least}rem` };
}

const LEFT: readonly Column[] = [
  'id',
  'name',
  'policy',
  'status',
  'source',
  'boards',
  'models',
  'workload',
  'tags',
  'note',
];
export const isRight = (column: Column): boolean => !LEFT.includes(column);
export const sortOf = (column: Column): RunSort | null => RUN_SORTS.find((sort) => sort === column) ?? null;

/** In the order of the table, whatever order they were named in; null when none is known. */
export function readColumns(text: string | null): readonly Column[] | null {
  const named = (text ?? '').split(',');
  const columns = COLUMNS.filter((column) => named.includes(column));
  return columns.length === 0 ? null : COLUMNS.filter((column) => named.includes(column) || FIXED.includes(column));
}
