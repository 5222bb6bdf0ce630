import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The same folder always makes the same archive. Beside it: its sha256, as `sha256sum -c` takes it. */
export function pack(folder, file) {
  const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX'];
  const args = [...same, '-I', 'gzip -n9', '-cf', file, '-C', dirname(folder), basename(folder)];
  execFileSync('tar', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  writeFileSync(`${file}.sha256`, `${sha256}  ${basename(file)}\n`);
  return { file, bytes: statSync(file).size, unpackedBytes: bytesOf(folder), sha256 };
}

function bytesOf(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return entries.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
