import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder, until } from '../test/product.ts';
import { connect } from './connection.ts';
import { copyDatabase } from './copies.ts';
import { migrate, migrationsIn } from './migrate.ts';
import { openHistory } from './open.ts';
import { experimentNamed, searched } from './scratch.ts';
import { UnusableDatabase } from './unusable-database.ts';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const NAMES = migrationsIn(MIGRATIONS);
const [FIRST = ''] = NAMES;
const RUNS = 300;
const CHUNKS = 3;

const place = temporaryFolder();
after(place.remove);
let fresh = 0;

/** A data folder with the database of the first release that had one, with runs in it. */
const old = join(place.path, 'old.db');
before(async () => {
  const file = join(place.path, 'first', 'switchyard.db');
  await migrate(file, someMigrations([FIRST]));
  const client = await connect(file);
  const spec = JSON.stringify(experimentNamed('from before').spec);
  await client.execute({
    sql: `INSERT INTO Experiment (id, name, status, source, spec, platform, createdBy, createdAt)
      SELECT value, 'old ' || value, 'done', 'simulated', ?, '{}', 'ann', '2026-11-20T00:00:00.000+00:00' FROM generate_series(1, ${RUNS})`,
    args: [spec],
  });
  await client.execute(`INSERT INTO Run (id, experimentId, name, policy, repeat, status, source, createdAt, jobs, p99Ms)
    SELECT id, id, name, 'sjf', 1, 'done', 'simulated', createdAt, 5, id / 2.0 FROM Experiment`);
  await client.execute(`INSERT INTO TraceChunk (runId, number, firstSeq, rows, data)
    SELECT Run.id, value, value * 5, 5, randomblob(2000) FROM Run, generate_series(1, ${CHUNKS})`);
  await client.execute(`INSERT INTO Profile (unit, model, source, meanMs, p95Ms, loadMs, samples, measuredAt)
    VALUES ('tinker.cpu', 'resnet50', 'measured', 20, 24, 0, 5, '2026-11-20T00:00:00.000+00:00')`);
  await copyDatabase(client, old);
  client.close();
});

/** A folder of these migrations, as a release would have it. */
function someMigrations(names: readonly string[]): string {
  const folder = join(place.path, `migrations-${fresh++}`);
  for (const name of names) cpSync(join(MIGRATIONS, name), join(folder, name), { recursive: true });
  return folder;
}

function oldData(): string {
  const file = join(place.path, `data-${fresh++}`, 'switchyard.db');
  mkdirSync(dirname(file));
  copyFileSync(old, file);
  return file;
}

const copiesOf = (file: string): string[] => {
  const folder = join(dirname(file), 'copies');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.endsWith('.db'))
    .sort()
    .map((name) => join(folder, name));
};

async function numbersIn(file: string): Promise<Record<string, unknown>> {
  const client = await connect(file);
  const { rows } = await client.execute(`SELECT (SELECT count(*) FROM Experiment) AS experiments,
    (SELECT count(*) FROM Run WHERE p99Ms = id / 2.0) AS runs, (SELECT count(*) FROM TraceChunk WHERE length(data) = 2000) AS chunks,
    (SELECT count(*) FROM Profile) AS profiles, (SELECT count(*) FROM pragma_foreign_key_check) AS orphans`);
  const [check] = (await client.execute('PRAGMA integrity_check')).rows;
  client.close();
  return { ...rows[0], integrity: check?.[0] };
}
const WHOLE = {
  ...{ experiments: RUNS, runs: RUNS, chunks: RUNS * CHUNKS, profiles: 1, orphans: 0 },
  integrity: 'ok',
};

/** Where a kill can come: before each statement of each migration, and before its commit. */
const MOMENTS = NAMES.slice(1).flatMap((name) =>
  [...statementsOf(name), ''].map((_, statement) => ({ name, statement })),
);
const KILLS = 20;

function statementsOf(name: string): string[] {
  const sql = readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8');
  return sql.split(/;\s*$/m).filter((statement) => statement.trim() !== '');
}

const FOR_EVER = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';

/** All migrations, of which one never gets past that statement. */
function stuckAt({ name, statement }: (typeof MOMENTS)[number]): string {
  const folder = someMigrations(NAMES);
  const statements = statementsOf(name);
  statements.splice(statement, 0, FOR_EVER);
  writeFileSync(join(folder, name, 'migration.sql'), `${statements.join(';\n')};\n`);
  return folder;
}

/** Migrates in another process, which is killed once it is in the middle of it. */
async function killedIn(file: string, migrations: string): Promise<void> {
  const program = `import { migrate } from './migrate.ts';
    await migrate(${JSON.stringify(file)}, ${JSON.stringify(migrations)});`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', program];
  const child = spawn(process.execPath, args, { cwd: dirname(fileURLToPath(import.meta.url)), stdio: 'ignore' });
  const ended = new Promise<string | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  try {
    await until(async () => copiesOf(file)[0], 'the copy');
    await new Promise((resolve) => setTimeout(resolve, 150)); // on its way, and it gets no further than its statement
  } finally {
    child.kill('SIGKILL');
  }
  assert.equal(await ended, 'SIGKILL');
}

test(`a kill in the middle of the migrations loses nothing, whichever of ${KILLS} moments it comes at`, async () => {
  for (let kill = 0; kill < KILLS; kill++) {
    const moment = MOMENTS[Math.floor((kill * (MOMENTS.length - 1)) / (KILLS - 1))]!; // from the first to the last
    const file = oldData();
    await killedIn(file, stuckAt(moment));
    const left = await migrate(file, MIGRATIONS);
    assert.ok(left.includes(moment.name), 'what was cut short is done anew');
    assert.deepEqual(await numbersIn(file), WHOLE, `${moment.name}, statement ${moment.statement}`);
  }
  const history = await openHistory(oldData(), MIGRATIONS);
  assert.deepEqual(await history.db.$queryRawUnsafe('PRAGMA auto_vacuum'), [{ auto_vacuum: 1 }]);
  const found = await history.browse.runs({ ...searched('model:mobilenet_v2 policy:sjf'), limit: 1 });
  assert.equal(found.total, RUNS);
  await history.close();
});

test('the database is copied before it is changed, for its owner alone, and the newest three copies stay', async () => {
  const file = oldData();
  for (const names of [2, 3, 4, 5, 6].map((count) => NAMES.slice(0, count))) await migrate(file, someMigrations(names));
  assert.equal(copiesOf(file).length, 3);
  for (const copy of copiesOf(file)) {
    assert.equal(statSync(copy).mode & 0o777, 0o600);
    assert.deepEqual(await numbersIn(copy), WHOLE);
  }
  const client = await connect(copiesOf(file)[2]!); // three
  const { rows } = await client.execute('SELECT count(*) AS n FROM _prisma_migrations');
  client.close();
  assert.equal(rows[0]?.n, 5, 'as it was before the sixth');
});

test('a database that needs no change is not copied, nor is a new one', async () => {
  const file = join(place.path, 'new', 'switchyard.db');
  await migrate(file, MIGRATIONS);
  assert.deepEqual(await migrate(file, MIGRATIONS), []);
  assert.deepEqual(copiesOf(file), []);
});

test('a database of a newer release is refused in a sentence, and stays as it was to the byte', async () => {
  const file = oldData();
  await migrate(file, MIGRATIONS);
  const digest = () => createHash('sha256').update(readFileSync(file)).digest('hex');
  const [before, around] = [digest(), readdirSync(dirname(file))];
  await assert.rejects(openHistory(file, someMigrations(NAMES.slice(0, -1))), (error) => {
    assert.ok(error instanceof UnusableDatabase);
    assert.match(error.message, new RegExp(`written by a newer release .*"${NAMES.at(-1)}"`));
    return true;
  });
  assert.equal(digest(), before);
  assert.deepEqual(readdirSync(dirname(file)), around);
});

test('a file that is no database is refused in a sentence, and stays', async () => {
  const file = join(place.path, 'none', 'switchyard.db');
  mkdirSync(dirname(file));
  writeFileSync(file, 'a shopping list\n'.repeat(500));
  await assert.rejects(openHistory(file, MIGRATIONS), /is damaged or is not a database: restore a backup/);
  assert.match(readFileSync(file, 'utf8'), /^a shopping list/);
});

test('a migration that fails leaves the database as it was, with the copy beside it', async () => {
  const file = oldData();
  const folder = someMigrations(NAMES.slice(0, 2));
  const bad = join(folder, NAMES[1]!, 'migration.sql'); // there are ten
  writeFileSync(bad, 'DELETE FROM Run;\nINSERT INTO Nowhere VALUES (1);\n');
  await assert.rejects(migrate(file, folder), /could not be applied/);
  assert.deepEqual(await numbersIn(file), WHOLE);
  assert.equal(copiesOf(file).length, 1);
});
