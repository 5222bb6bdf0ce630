import { createReadStream, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '../server/config.ts';
import { applyRestore } from '../server/history/backup/apply.ts';
import { stageRestore } from '../server/history/backup/restore.ts';
import { lockFolder } from '../server/history/lock.ts';
import { Unusable } from './unusable.ts';

/** Checks a backup and puts it in the place of the data: now, or, while a server has the data, when that starts again. DATA_DIR says whose. */
export async function command(argv: string[]): Promise<void> {
  const [name, ...more] = argv;
  if (name === undefined || more.length > 0) throw new Unusable('restore takes one file, or "-" for standard input');
  const config = readConfig(process.env, []);
  if (!config.ok) throw new Unusable(config.error);
  const { dataDir, root } = config.value;
  const migrations = join(root, 'prisma/migrations');
  const staged = await stageRestore(sourceOf(name), { dataDir, migrations });
  if (!staged.ok) throw new Error(staged.error);
  const lock = lockFolder(dataDir);
  if (!lock.ok) {
    console.error(
      'switchyard: the backup is whole; it takes the place of the data when the server that runs is started again',
    );
    return;
  }
  try {
    console.error(`switchyard: ${await applyRestore(dataDir, migrations)}`);
  } finally {
    lock.value();
  }
}

function sourceOf(name: string): AsyncIterable<Uint8Array> {
  if (name === '-') return process.stdin;
  if (!existsSync(name)) throw new Unusable(`there is no file ${resolve(name)}`);
  return createReadStream(name);
}
