import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { scratch } from '../scratch.ts';
import { ACCOUNT_TABLES } from './accounts.ts';

const place = scratch();
after(() => place.remove());

test('every table that holds a secret is one that no backup has', async () => {
  const history = await place.open();
  const columns = await history.db.$queryRawUnsafe<{ table: string; column: string }[]>(
    `SELECT m.name AS "table", c.name AS "column" FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'`,
  );
  await history.close();
  const secret = columns.filter(({ column }) => /hash|password|secret|token|salt|key$/i.test(column));
  const tables = [...new Set(secret.map(({ table }) => table))];
  const accounts = new Set<string>(ACCOUNT_TABLES);
  assert.ok(tables.length >= 4);
  assert.deepEqual(
    tables.filter((table) => !accounts.has(table)),
    [],
  );
});
