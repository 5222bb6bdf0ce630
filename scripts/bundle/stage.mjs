import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.mjs';
import { placeDependencies } from './dependencies.mjs';
import { placeNode } from './node-release.mjs';

/** What a board runs; programs that measure or build are for a checkout, and the bridge to Arm NN is this machine's own. */
const PARTS = ['out', 'public', 'prisma/migrations', 'scripts/switchyard.mjs', 'LICENSE', 'README.md', 'CHANGELOG.md'];
const NO_BOARD = /^(bench|bare-loop|socket-clients|load-clients|libswitchyard-armnn|stamps)\b|\.map$/;

const COMMAND = `#!/bin/sh
# The command line with the Node.js that came with it. What root does to the service's data is done as the service's user.
here=$(dirname "$(readlink -f "$0")")/..
set -- "$here/node/bin/node" "$here/scripts/switchyard.mjs" "$@"
[ -n "\${DATA_DIR:-}" ] && exec "$@"
export DATA_DIR=/var/lib/switchyard
[ "$(id -u)" = 0 ] && getent passwd switchyard >/dev/null && exec runuser -u switchyard -- "$@"
exec "$@"
`;

/** Fills `bundle`: programs, panel, libraries for the machine, Node.js, and what installs them. */
export async function stage(bundle, { arch, machine, glibc }) {
  mkdirSync(join(bundle, 'bin'), { recursive: true });
  for (const part of PARTS) cpSync(join(root, part), join(bundle, part), { recursive: true });
  cpSync(join(root, 'dist'), join(bundle, 'dist'), {
    recursive: true,
    filter: (file) => !NO_BOARD.test(file.slice(join(root, 'dist').length + 1)),
  });
  cpSync(join(root, 'scripts/board'), join(bundle, 'board'), { recursive: true });
  cpSync(join(bundle, 'board/install.sh'), join(bundle, 'install.sh'));
  writeFileSync(join(bundle, 'board/architecture'), `${machine}\n`);
  writeFileSync(join(bundle, 'board/glibc'), `${glibc}\n`);
  writeFileSync(join(bundle, 'bin/switchyard'), COMMAND);
  for (const program of ['bin/switchyard', 'install.sh']) chmodSync(join(bundle, program), 0o755);
  const { name, version, type, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(bundle, 'package.json'), `${JSON.stringify({ name, version, type, license }, null, 2)}\n`);
  await placeDependencies(bundle, arch);
  placeNode(arch, join(bundle, 'node'));
}
