// npm run dev: the server from sources, built again and restarted at every change; pages reload by themselves.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';
import { openStamps } from './stamps.mjs';

await setUp({ panel: false });
const { context } = await import('esbuild');
const { buildOptions } = await import('./programs.mjs');

let server = null;
let turn = Promise.resolve();

const restart = { name: 'restart', setup: ({ onEnd }) => onEnd(built) };
const builds = await context({ ...buildOptions(root), plugins: [restart] });
openStamps(join(root, 'dist/stamps.json')).set('programs', null); // from here on dist/ follows the editor
await builds.watch();
process.on('SIGINT', end);
process.on('SIGTERM', end);

function built({ errors }) {
  if (errors.length > 0) return; // esbuild has printed them; the last good server goes on
  turn = turn.then(stop).then(start);
}

function start() {
  server = spawn(process.execPath, ['--enable-source-maps', 'dist/server.js', ...process.argv.slice(2)], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, MODE: 'dev', NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' },
  });
}

/** The next one may only start when this one has let go of the data folder. */
async function stop() {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}

async function end() {
  await builds.dispose();
  await turn.then(stop);
  process.exit(0);
}
