import type { RunValues } from '../panel/wire.ts';
import type { Database } from './sqlite.ts';

/** Each value once, by leaps through its index: the cost grows with the values, not with the runs. */
export async function runValues(db: Database): Promise<RunValues> {
  const facet = (field: string) => distinct(db, 'ExperimentFacet', 'value', `field = '${field}'`);
  return {
    policy: await distinct(db, 'Run', 'policy', 'TRUE'),
    model: await facet('model'),
    unit: await facet('unit'),
    board: await facet('board'),
    workload: await facet('workload'),
    by: await facet('by'),
    tag: await distinct(db, 'RunTag', 'tag', 'TRUE'),
  };
}

const MOST = 500;

async function distinct(db: Database, table: string, column: string, where: string): Promise<string[]> {
  const rows = await db.$queryRawUnsafe<{ value: string }[]>(
    `WITH RECURSIVE each(value) AS (
       SELECT min(${column}) FROM "${table}" WHERE ${where}
       UNION ALL
       SELECT (SELECT min(${column}) FROM "${table}" WHERE ${where} AND ${column} > each.value) FROM each WHERE each.value IS NOT NULL
     ) SELECT value FROM each WHERE value IS NOT NULL LIMIT ${MOST}`,
  );
  return rows.map(({ value }) => value);
}
