// npm run bundle [-- arm64|x64 …]: one archive for each kind of machine, with Node.js and every library in it, so that the board needs
// neither npm nor a compiler nor the internet. Prints one line of JSON for each.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from './bundle/archive.mjs';
import { highestGlibc } from './bundle/glibc.mjs';
import { stage } from './bundle/stage.mjs';
import { root, setUp } from './setup.mjs';

/** As `uname -m` says it, and the oldest C library that will do: 2.28, Debian 10's, is Node.js's own wish, 2.29 that of TensorFlow Lite on x64. */
const MACHINES = { arm64: { machine: 'aarch64', glibc: '2.28' }, x64: { machine: 'x86_64', glibc: '2.29' } };

const asked = process.argv.slice(2);
const wrong = asked.find((arch) => !Object.hasOwn(MACHINES, arch));
if (wrong !== undefined) {
  console.error(`bundle: there is no "${wrong}"; there are ${Object.keys(MACHINES).join(' and ')}`);
  process.exit(2);
}
await setUp();
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
mkdirSync(join(root, 'bundles'), { recursive: true });
for (const arch of asked.length > 0 ? asked : Object.keys(MACHINES)) {
  const { machine, glibc } = MACHINES[arch];
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-bundle-'));
  try {
    const name = `switchyard-${version}-linux-${arch}`;
    const bundle = join(folder, name);
    await stage(bundle, { arch, machine, glibc });
    const needs = highestGlibc(bundle);
    if (needs.version.localeCompare(glibc, 'en', { numeric: true }) > 0)
      throw new Error(`${needs.file} asks for glibc ${needs.version}, and ${glibc} is what is promised`);
    console.log(JSON.stringify({ arch, glibc, ...pack(bundle, join(root, 'bundles', `${name}.tar.gz`)) }));
  } catch (error) {
    console.error(`bundle: ${error.message}`);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
