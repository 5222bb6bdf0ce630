import type { ListedRun, Page, RunSort } from '../panel/wire.ts';
import { after, type Cursor, nextCursor, type Order, orderBy } from './run-order.ts';
import type { Search } from './search/parse.ts';
import { all, type Condition, conditionOf, FROM_RUNS } from './search/sql.ts';
import type { Database } from './sqlite.ts';
import { RUN_COLUMNS, type RunRow, runView } from './views.ts';

export interface RunQuestion {
  readonly search: Search;
  /** Only these, as far as they fit. */
  readonly among?: readonly number[] | undefined;
  readonly sort: RunSort;
  readonly order: Order;
  /** What dates such as "7d" count from. */
  readonly now: Date;
}
export interface PageQuestion extends RunQuestion {
  readonly limit: number;
  readonly cursor?: Cursor | undefined;
}

/** A page of what fits, and how many fit. Rows are looked for in the index alone; only those that are shown are read. */
export async function runsPage(db: Database, { limit, cursor, ...question }: PageQuestion): Promise<Page<ListedRun>> {
  const { sort, order } = question;
  const fitting = fittingOf(question);
  const [counted] = await db.$queryRawUnsafe<{ total: number | bigint }[]>(
    `SELECT count(*) AS total ${FROM_RUNS} WHERE ${fitting.sql}`,
    ...fitting.values,
  );
  const wanted = cursor ? all([fitting, after(cursor, sort, order)]) : fitting;
  const found = await db.$queryRawUnsafe<{ id: number | bigint }[]>(
    `SELECT r.id ${FROM_RUNS} WHERE ${wanted.sql} ${orderBy(sort, order)} LIMIT ${limit + 1}`,
    ...wanted.values,
  );
  const rows = await rowsOf(
    db,
    found.slice(0, limit).map(({ id }) => Number(id)),
  );
  const last = rows.at(-1);
  return {
    items: await listed(db, rows),
    next: found.length > limit && last ? nextCursor(last, sort) : null,
    total: Number(counted?.total ?? 0),
  };
}

/** Everything that fits, as it is now, so many at a time: the numbers are found once, so that nothing is told twice. */
export async function* everyRun(db: Database, question: RunQuestion, batch: number): AsyncGenerator<ListedRun[]> {
  const { sort, order } = question;
  const { sql, values } = fittingOf(question);
  const [found] = await db.$queryRawUnsafe<{ ids: string }[]>(
    `SELECT json_group_array(id) AS ids FROM (SELECT r.id ${FROM_RUNS} WHERE ${sql} ${orderBy(sort, order)})`,
    ...values,
  );
  const ids = JSON.parse(found?.ids ?? '[]') as number[];
  for (let from = 0; from < ids.length; from += batch)
    yield await listed(db, await rowsOf(db, ids.slice(from, from + batch)));
}

const fittingOf = ({ search, among, now }: RunQuestion): Condition =>
  all([
    conditionOf(search, now),
    ...(among ? [{ sql: 'r.id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(among)] }] : []),
  ]);

/** In the order of the ids; one that was deleted meanwhile is left out. */
async function rowsOf(db: Database, ids: readonly number[]): Promise<RunRow[]> {
  const rows = await db.run.findMany({ where: { id: { in: [...ids] } }, select: RUN_COLUMNS });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

async function listed(db: Database, rows: readonly RunRow[]): Promise<ListedRun[]> {
  const experiments = [...new Set(rows.map((row) => row.experimentId))];
  const facets = await db.experimentFacet.findMany({
    where: { experimentId: { in: experiments }, field: { in: ['model', 'board', 'workload'] } },
  });
  const byExperiment = new Map<number, typeof facets>(experiments.map((id) => [id, []]));
  for (const facet of facets) byExperiment.get(facet.experimentId)?.push(facet);
  return rows.map((row) => {
    const own = byExperiment.get(row.experimentId) ?? [];
    const values = (field: string) => own.filter((facet) => facet.field === field).map(({ value }) => value);
    return { ...runView(row), models: values('model'), boards: values('board'), workload: values('workload')[0] ?? '' };
  });
}
