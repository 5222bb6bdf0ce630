import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Node.js for another machine, from npm's registry: the official build, repacked. Held to what it was when this was written.

const VERSION = '20.20.2';
const SHA512 = {
  arm64: 'LCXJnNTFiyGuYBw2gZSI5OBFMbkjAPt8sqD/NKrWoE2QmDgSubTqFng6GaNJ9EJ8HpxBMGcWWpbbcs4Vo+CnGg==',
  x64: 'PeHQM8wAdmHtZA1mBocygZxs5LiUWtsJezQTkBd0iY987KpGrD1O2tVEydvMZiuXceRanxt7rjTnDEBwOPujoQ==',
};

/** bin/node and its licence, in `folder`. */
export function placeNode(arch, folder) {
  const work = mkdtempSync(join(tmpdir(), 'switchyard-node-'));
  try {
    const packed = execFileSync('npm', ['pack', `node-linux-${arch}@${VERSION}`, '--silent'], {
      cwd: work,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }).trim();
    const sha512 = createHash('sha512')
      .update(readFileSync(join(work, packed)))
      .digest('base64');
    if (sha512 !== SHA512[arch]) throw new Error(`Node.js ${VERSION} for ${arch} is not what it was: sha512-${sha512}`);
    execFileSync('tar', ['-xzf', packed], { cwd: work });
    mkdirSync(join(folder, 'bin'), { recursive: true });
    for (const file of ['bin/node', 'LICENSE']) cpSync(join(work, 'package', file), join(folder, file));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
