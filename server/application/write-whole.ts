import { randomUUID } from 'node:crypto';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Resolves when the content is there under that name, also after a power cut; until then the name is as it was. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const part = `${file}.${randomUUID()}.part`; // two people may bring the same thing at once
  try {
    await writeFile(part, content, { mode: 0o600 });
    await placeWhole(part, file);
  } finally {
    await rm(part, { force: true });
  }
}

/** The same with a file that is written already, which gets that name. */
export async function placeWhole(part: string, file: string): Promise<void> {
  await sync(part);
  await rename(part, file);
  await sync(dirname(file)); // a name is the folder's content
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
