// Builds what runs: the database client, the programs (main, engine thread, one per kind of unit, command line) and the panel.
//   node scripts/build.mjs [programs|panel|client]…      no argument: everything
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOptions } from './programs.mjs';
import { openStamps } from './stamps.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const parts = process.argv.slice(2);
const wants = (part) => parts.length === 0 || parts.includes(part);
const say = (sentence) => console.error(`build: ${sentence}`);
const run = (file, ...args) =>
  execFileSync(process.execPath, [join(root, file), ...args], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1' },
  });

// What is built by hand is not what the set-up knows of: it looks again, and stamps only what it built itself.
const stamps = openStamps(join(root, 'dist/stamps.json'));
for (const part of ['client', 'programs', 'panel']) if (wants(part)) stamps.set(part, null);

if (wants('client')) {
  say('database client');
  run('node_modules/prisma/build/index.js', 'generate', '--no-hints');
}
if (wants('programs')) {
  say('programs');
  const { build } = await import('esbuild');
  await build(buildOptions(root));
  chmodSync(join(root, 'scripts/switchyard.mjs'), 0o755);
}
if (wants('panel')) {
  say('panel');
  run('node_modules/next/dist/bin/next', 'build');
  run('scripts/licences.mjs');
  run('scripts/pack-panel.mjs');
}
