// Changes of the database's shape, offline: the WASM schema engine over libSQL, no engine binary is downloaded.
//   node scripts/migrate.mjs dev --name <what-changed>   writes the next migration and applies it
//   node scripts/migrate.mjs deploy | status | diff      diff: exit 2 when schema.prisma is ahead of the migrations
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { tsImport } from 'tsx/esm/api';

const { Connections } = await tsImport('../server/history/connection.ts', import.meta.url);

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const baseDir = join(root, 'prisma/migrations');
const schema = join(root, 'prisma/schema.prisma');
const files = [{ path: schema, content: readFileSync(schema, 'utf8') }];
const LOCK = 'provider = "sqlite"\n';
const filters = { externalTables: [], externalEnums: [] };
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { name: { type: 'string' }, database: { type: 'string' } },
});
const scratch = mkdtempSync(join(tmpdir(), 'switchyard-migrate-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
// `dev` and `diff` compare against the migrations alone, so they work on a database that is thrown away.
const throwAway = positionals[0] === 'dev' || positionals[0] === 'diff';
const dataDir = process.env.DATA_DIR ?? join(root, 'data');
const database = values.database ?? join(throwAway ? scratch : dataDir, 'switchyard.db');

const commands = { dev, deploy, status, diff };
const command = commands[positionals[0]];
if (!command) stop('usage: node scripts/migrate.mjs dev --name <what-changed> | deploy | status | diff', 64);
if (positionals[0] === 'dev' && !values.name)
  stop('say what changed: node scripts/migrate.mjs dev --name <what-changed>', 64);
const engine = await startEngine();
await engine.applyMigrations({ migrationsList: { ...migrations(), migrationDirectories: [] }, filters }); // makes its table
await command();
process.exit(process.exitCode ?? 0); // the engine would keep the process for a minute

async function dev() {
  const { exitCode, stdout } = await compare();
  if (exitCode === 0) return console.error('migrate: nothing changed');
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(baseDir, `${stamp}_${values.name.replace(/\W+/g, '_')}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), stdout);
  writeFileSync(join(baseDir, 'migration_lock.toml'), LOCK);
  await engine.applyMigrations({ migrationsList: migrations(), filters });
  console.error(`migrate: wrote and tried ${folder}`);
}

async function deploy() {
  const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrations(), filters });
  console.error(
    `migrate: applied ${appliedMigrationNames.length ? appliedMigrationNames.join(', ') : 'nothing, all is up to date'}`,
  );
}

async function status() {
  const found = await engine.diagnoseMigrationHistory({
    migrationsList: migrations(),
    optInToShadowDatabase: true,
    filters,
  });
  console.log(JSON.stringify(found, null, 2));
}

async function diff() {
  const { exitCode, stdout } = await compare();
  console.log(stdout);
  process.exitCode = exitCode;
}

/** Exit code 2 and a script when schema.prisma is ahead of the migrations. */
function compare() {
  return engine.diff({
    from: { tag: 'migrations', ...migrations() },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: true,
    filters,
    shadowDatabaseUrl: null,
  });
}

async function startEngine() {
  mkdirSync(dirname(database), { recursive: true, mode: 0o700 });
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  // Node 20 does not import WASM modules by itself.
  const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(readFileSync(fileURLToPath(wasm))), {
    './schema_engine_bg.js': glue,
  });
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start?.();
  const log = (line) => process.env.DEBUG && console.error(line);
  return glue.SchemaEngine.new({ datamodels: files.map((f) => [f.path, f.content]) }, log, adapter());
}

function adapter() {
  let shadows = 0;
  class WithShadow extends Connections {
    // ":memory:" would be lost with each connection, and executeRaw runs only the first statement of a script.
    async connectToShadowDb() {
      const db = await new Connections(join(scratch, `shadow-${shadows++}.db`)).connect();
      const one = db.executeRaw.bind(db);
      db.executeRaw = (query) => (query.args.length ? one(query) : db.executeScript(query.sql).then(() => 0));
      return db;
    }
  }
  return bindMigrationAwareSqlAdapterFactory(new WithShadow(database));
}

function migrations() {
  const names = existsSync(baseDir)
    ? readdirSync(baseDir, { withFileTypes: true })
        .filter((d) => d.isDirectory())
        .map((d) => d.name)
        .sort()
    : [];
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: LOCK },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({ path: name, migrationFile: script(name) })),
  };
}

function script(name) {
  const file = join(baseDir, name, 'migration.sql');
  const content = existsSync(file)
    ? { tag: 'ok', value: readFileSync(file, 'utf8') }
    : { tag: 'error', value: `${file} is missing` };
  return { path: 'migration.sql', content };
}

function stop(sentence, code) {
  console.error(`migrate: ${sentence}`);
  process.exit(code);
}
