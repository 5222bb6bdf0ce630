import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readConfig } from '../server/config.ts';
import { makeBackup } from '../server/history/backup/backup.ts';
import { stamp } from '../server/history/copies.ts';
import { Unusable } from './unusable.ts';

/** Everything that is kept, in one file; a server that runs goes on. "-" is standard output. DATA_DIR says whose. */
export async function command(argv: string[]): Promise<void> {
  const [name = `switchyard-${hostname()}-${stamp().slice(0, 14)}.tar`, ...more] = argv;
  if (more.length > 0) throw new Unusable('backup takes one file, or "-" for standard output');
  const config = readConfig(process.env, []);
  if (!config.ok) throw new Unusable(config.error);
  const file = name === '-' ? null : resolve(name);
  if (file && existsSync(file)) throw new Unusable(`${file} is there already`);
  const made = await makeBackup(config.value);
  if (!made.ok) throw new Error(made.error);
  const { bytes, manifest } = made.value;
  if (file) await writeWhole(file, bytes);
  else await pipeline(bytes, process.stdout);
  const { experiments, runs, models, pictures, traces } = manifest;
  console.error(
    `switchyard: ${file ?? 'the backup'} is whole: experiments ${experiments}, runs ${runs}, models ${models}, pictures ${pictures}, recorded streams ${traces}`,
  );
}

/** Under its name only when all of it is on the disk. */
async function writeWhole(file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const part = `${file}.part`;
  try {
    await pipeline(bytes, createWriteStream(part, { mode: 0o600, flush: true }));
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
}
