import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NEEDED = /GLIBC_(2\.\d+(?:\.\d+)?)\0/g;

/** The latest version of the C library that any program or library beneath the folder names among what it needs. */
export function highestGlibc(folder) {
  let highest = { version: '0', file: folder };
  for (const file of natives(folder))
    for (const [, version] of readFileSync(file, 'latin1').matchAll(NEEDED))
      if (version.localeCompare(highest.version, 'en', { numeric: true }) > 0) highest = { version, file };
  return highest;
}

const ELF = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);

function* natives(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/(\.node|\.so[.\d]*|^node)$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    if (readFileSync(file).subarray(0, 4).equals(ELF)) yield file;
  }
}
