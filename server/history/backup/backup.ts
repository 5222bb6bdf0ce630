import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, rm, statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Headers, type Pack, pack } from 'tar-stream';
import type { Result } from '../../brand.ts';
import { DATABASE, FOLDERS, FORMAT, isMember, MANIFEST, type Manifest, SUMS, sumsText } from './archive.ts';
import { type DatabaseFacts, snapshot } from './snapshot.ts';

export interface Backup {
  readonly manifest: Manifest;
  /** The archive, made as it is read. */
  readonly bytes: AsyncIterable<Uint8Array>;
}
export interface BackupParts {
  readonly dataDir: string;
  readonly version: string;
  /** Copies the database: here, or in a thread of its own. */
  readonly copy?: (file: string, to: string) => Promise<DatabaseFacts>;
}

/** What stays free beside the copy of the database. */
const RESERVE_BYTES = 64 * 1024 ** 2;

/** Everything that is kept, of one moment, while the server goes on. Without accounts, sessions and keys: history/backup/accounts.ts. */
export async function makeBackup({ dataDir, version, copy = snapshot }: BackupParts): Promise<Result<Backup>> {
  const file = join(dataDir, DATABASE);
  if (!existsSync(file)) return { ok: false, error: `there is no board's data in ${dataDir}` };
  const room = await hasRoom(dataDir, file);
  if (!room.ok) return room;
  const to = join(scratchFolder(dataDir), `${randomUUID()}.db`);
  const facts = await copy(file, to);
  const database = await opened(to);
  await rm(to); // what is open stays readable, and is gone whatever happens
  const names = FOLDERS.flatMap((folder) => namesIn(dataDir, folder));
  const cards = (folder: string) =>
    names.filter((name) => name.startsWith(`${folder}/`) && name.endsWith('.json')).length;
  const manifest: Manifest = {
    ...{ product: 'switchyard', format: FORMAT, version, host: hostname(), createdAt: new Date().toISOString() },
    ...{ migrations: [...facts.migrations], experiments: facts.experiments, runs: facts.runs },
    ...{ models: cards('models'), pictures: cards('pictures'), traces: cards('traces') },
  };
  return { ok: true, value: { manifest, bytes: archiveOf(manifest, database, dataDir, names) } };
}

async function hasRoom(dataDir: string, file: string): Promise<Result> {
  const needed = [file, `${file}-wal`].reduce((sum, each) => sum + (statSync(each, SILENT)?.size ?? 0), RESERVE_BYTES);
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize >= needed) return { ok: true, value: undefined };
  const mb = (bytes: number) => Math.ceil(bytes / 1024 / 1024);
  return {
    ok: false,
    error: `a backup needs ${mb(needed)} MB on the disk for a moment, and ${mb(bavail * bsize)} MB are free`,
  };
}
const SILENT = { throwIfNoEntry: false } as const;

/** Swept at each start of the server. */
function scratchFolder(dataDir: string): string {
  const folder = join(dataDir, 'tmp');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  return folder;
}

async function opened(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}

function namesIn(dataDir: string, folder: string): string[] {
  const place = join(dataDir, folder);
  if (!existsSync(place)) return [];
  return readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${folder}/${entry.name}`)
    .filter(isMember)
    .sort();
}

function archiveOf(manifest: Manifest, database: FileHandle, dataDir: string, names: readonly string[]): Pack {
  const tar = pack();
  const write = async () => {
    const sums = new Map<string, string>();
    await addText(tar, MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`, sums);
    await addFile(tar, DATABASE, database, sums);
    for (const name of names) await addNamed(tar, name, join(dataDir, name), sums);
    await addText(tar, SUMS, sumsText(sums), new Map());
    tar.finalize();
  };
  write()
    .catch((error: Error) => tar.destroy(error)) // also when whoever reads has gone
    .finally(() => database.close())
    .catch(() => {});
  return tar;
}

/** One that was deleted since the list was made is not in the backup. */
async function addNamed(tar: Pack, name: string, file: string, sums: Map<string, string>): Promise<void> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!handle) return;
  try {
    await addFile(tar, name, handle, sums);
  } finally {
    await handle.close();
  }
}

async function addFile(tar: Pack, name: string, handle: FileHandle, sums: Map<string, string>): Promise<void> {
  const { size, mtime } = await handle.stat();
  const end = Math.max(0, size - 1); // a file that grows meanwhile is none of ours
  const bytes = size === 0 ? Readable.from([]) : handle.createReadStream({ start: 0, end, autoClose: false });
  sums.set(name, await add(tar, { name, size, mtime }, bytes));
}

async function addText(tar: Pack, name: string, text: string, sums: Map<string, string>): Promise<void> {
  const size = Buffer.byteLength(text);
  sums.set(name, await add(tar, { name, size, mtime: new Date() }, Readable.from([Buffer.from(text)])));
}

/** Returns its SHA-256. */
async function add(tar: Pack, headers: Headers, bytes: Readable): Promise<string> {
  const hash = createHash('sha256');
  const entry = tar.entry({ ...headers, mode: 0o600, type: 'file' });
  await pipeline(
    bytes,
    async function* (parts: AsyncIterable<Buffer>) {
      for await (const part of parts) {
        hash.update(part);
        yield part;
      }
    },
    entry,
  );
  return hash.digest('hex');
}
