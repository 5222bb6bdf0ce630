import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, extract } from 'tar-stream';
import type { Result } from '../../brand.ts';
import { stamp, syncPath } from '../copies.ts';
import { migrationsIn } from '../migrate.ts';
import { isDiskFull } from '../record.ts';
import { DATABASE, FOLDERS, FORMAT, isMember, MANIFEST, type Manifest, manifest, readSums, SUMS } from './archive.ts';
import { type DatabaseFacts, examine } from './snapshot.ts';

/** What waits here, checked and whole, takes the place of the data at the next start: apply.ts. */
export const stagedIn = (dataDir: string): string => join(dataDir, 'restore');
/** When it was put there; it names the copy of what it replaces. */
export const STAMP = 'stamp';

export interface RestoreParts {
  readonly dataDir: string;
  /** prisma/migrations of this release. */
  readonly migrations: string;
  /** Reads the whole database: here, or in a thread of its own. */
  readonly look?: (file: string) => Promise<DatabaseFacts>;
}

/** Takes in an archive, checks all of it, and lays it ready. Of one that is refused nothing stays, and nothing else is touched. */
export async function stageRestore(source: AsyncIterable<Uint8Array>, parts: RestoreParts): Promise<Result<Manifest>> {
  const { dataDir, migrations, look = examine } = parts;
  const part = `${stagedIn(dataDir)}.${randomUUID()}.part`;
  mkdirSync(part, { recursive: true, mode: 0o700 });
  try {
    const sums = await unpack(source, part, await roomIn(dataDir));
    const said = await readManifest(part, sums);
    await checkDatabase(part, said, migrationsIn(migrations), look);
    await writeFile(join(part, STAMP), stamp(), { mode: 0o600 });
    for (const folder of FOLDERS) await mkdir(join(part, folder), { recursive: true, mode: 0o700 });
    for (const folder of ['', ...FOLDERS]) syncPath(join(part, folder));
    await rm(stagedIn(dataDir), { recursive: true, force: true });
    await rename(part, stagedIn(dataDir));
    syncPath(dataDir);
    return { ok: true, value: said };
  } catch (error) {
    if (error instanceof Broken) return { ok: false, error: `${error.message}; nothing was changed` };
    if (isDiskFull(error)) return { ok: false, error: 'the disk has no room for what is in the backup' };
    throw error;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

/** What waits to take the data's place. */
export function stagedManifest(dataDir: string): Manifest | null {
  const file = join(stagedIn(dataDir), MANIFEST);
  return existsSync(file) ? manifest.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

/** It shall not take the data's place after all. */
export async function unstage(dataDir: string): Promise<void> {
  const gone = `${stagedIn(dataDir)}.${randomUUID()}.part`;
  await rename(stagedIn(dataDir), gone).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rm(gone, { recursive: true, force: true });
}

/** The archive is not what it should be; the message says in what. */
class Broken extends Error {}

/** What stays free. */
const RESERVE_BYTES = 200 * 1024 ** 2;

async function roomIn(dataDir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dataDir);
  return bavail * bsize - RESERVE_BYTES;
}

/** Headers that no backup of ours has may be as long as they like, and would be held in memory. */
const MOST_BETWEEN = 1024 ** 2;
const BLOCK = 512;

/** Writes the members into the folder; returns their digests. */
async function unpack(
  source: AsyncIterable<Uint8Array>,
  folder: string,
  room: number,
): Promise<ReadonlyMap<string, string>> {
  const sums = new Map<string, string>();
  const tar = extract();
  let announced = 0;
  const guarded = async function* () {
    let came = 0;
    for await (const bytes of source) {
      came += bytes.length;
      if (came > announced + bytes.length + MOST_BETWEEN) throw new Broken('this is not a backup of Switchyard');
      yield bytes;
    }
  };
  const fed = pipeline(guarded, tar);
  fed.catch(() => {}); // told by the loop, or below
  try {
    for await (const entry of tar) {
      const { name } = entry.header;
      announced += BLOCK + Math.ceil((entry.header.size ?? 0) / BLOCK) * BLOCK;
      checkMember(entry, sums);
      if (announced > room) throw new Broken('the disk has no room for what is in the backup');
      sums.set(name, await writeMember(entry, join(folder, name)));
    }
    await fed;
  } catch (error) {
    tar.destroy();
    if (error instanceof Broken || (error as NodeJS.ErrnoException).errno !== undefined) throw error; // the disk's
    throw new Broken(
      sums.size === 0 ? 'this is not a backup of Switchyard' : `the backup is damaged or cut off after "${last(sums)}"`,
    );
  }
  if (sums.size === 0) throw new Broken('this is not a backup of Switchyard');
  return sums;
}

const last = (sums: ReadonlyMap<string, string>): string => [...sums.keys()].at(-1) ?? '';

function checkMember({ header }: Entry, sums: ReadonlyMap<string, string>): void {
  const shown = JSON.stringify(header.name.slice(0, 80));
  if (header.type !== 'file') throw new Broken(`the backup has ${shown}, which is not a plain file`);
  if (!isMember(header.name)) throw new Broken(`the backup has ${shown}, which does not belong into one`);
  if (sums.has(header.name)) throw new Broken(`the backup has ${shown} twice`);
}

async function writeMember(entry: Entry, file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const part of entry as AsyncIterable<Buffer>) {
      hash.update(part);
      await handle.appendFile(part);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

/** After the digests: from here on the members are what was written. */
async function readManifest(folder: string, sums: ReadonlyMap<string, string>): Promise<Manifest> {
  for (const name of [MANIFEST, DATABASE, SUMS])
    if (!sums.has(name)) throw new Broken(`the backup is cut off, or is none of Switchyard: it has no ${name}`);
  const listed = readSums(await readFile(join(folder, SUMS), 'utf8'));
  if (!listed) throw new Broken(`the backup's ${SUMS} cannot be read`);
  for (const [name, sha256] of sums)
    if (name !== SUMS && listed.get(name) !== sha256)
      throw new Broken(`the backup is damaged: "${name}" is not what ${SUMS} says`);
  const missing = [...listed.keys()].find((name) => !sums.has(name));
  if (missing !== undefined) throw new Broken(`the backup is damaged: "${missing}" is missing`);
  const read = manifest.safeParse(json(await readFile(join(folder, MANIFEST), 'utf8')));
  if (!read.success) throw new Broken(`the backup's ${MANIFEST} is none of Switchyard`);
  if (read.data.format > FORMAT) throw new Broken(`the backup is of a newer release (${read.data.version})`);
  return read.data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function checkDatabase(
  folder: string,
  said: Manifest,
  known: readonly string[],
  look: (file: string) => Promise<DatabaseFacts>,
): Promise<void> {
  const facts = await look(join(folder, DATABASE)).catch((error: Error) => {
    if (isDiskFull(error)) throw error;
    throw new Broken('the database in the backup is damaged');
  });
  const newer = facts.migrations.find((name) => !known.includes(name));
  if (newer !== undefined)
    throw new Broken(`the backup is of a newer release (${said.version}), whose database this one cannot read`);
  if (facts.migrations.join() !== said.migrations.join() || facts.migrations[0] !== known[0])
    throw new Broken(`the backup's database is not the one that its ${MANIFEST} tells of`);
}
