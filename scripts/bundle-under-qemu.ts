import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheNetwork, defaultCacheDir } from '../server/hardware/onnx/network-cache.ts';
import { filesOf, NETWORKS } from '../server/hardware/onnx/networks.ts';
import { claim, posterRequest, startProduct, temporaryFolder, whenOver } from '../server/test/product.ts';

// node --import tsx scripts/bundle-under-qemu.ts
// Installs the arm64 bundle into a folder and runs it on an emulated Cortex-A72: boot, claim, a simulated experiment, a network
// on ONNX Runtime and on TensorFlow Lite. Prints JSON. Emulation says that it works, never how fast. Needs qemu-user-static, and Debian's mirror once.

const here = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')) as { version: string };
const bundle = `switchyard-${version}-linux-arm64`;
const archive = join(here, 'bundles', `${bundle}.tar.gz`);
if (!existsSync(archive)) throw new Error('there is no arm64 bundle yet: npm run bundle -- arm64');
const folder = temporaryFolder();
const at = (...path: string[]) => join(folder.path, ...path);
const seconds = (fromMs: number) => Number(((performance.now() - fromMs) / 1000).toFixed(1));

try {
  execFileSync(join(here, 'scripts/bundle/arm64-libraries.sh'), [at('arm64')], { stdio: 'inherit' });
  const fromMs = performance.now();
  execFileSync('tar', ['-xzf', archive, '-C', folder.path]);
  execFileSync(at(bundle, 'install.sh'), ['--root', at('board')], { stdio: ['ignore', 'inherit', 'inherit'] });
  const installS = seconds(fromMs);
  const release = at('board/opt/switchyard/current');
  const node = emulated(join(release, 'node/bin/node'));
  // 600 MB that emulation would take minutes for.
  for (const network of NETWORKS)
    for (const file of filesOf(network).filter(({ precision }) => precision === 'fp32'))
      cacheNetwork(defaultCacheDir(), network, file);

  const bootMs = performance.now();
  const product = await startProduct(at('data'), [
    ...['env', 'SWITCHYARD_UNITS=onnx,tflite', node, join(release, 'dist/server.js'), '--ready-json'],
  ]);
  try {
    const bootS = seconds(bootMs);
    const person = await claim(product);
    const simulatedMs = performance.now();
    const simulated = await person.post<{ id: number }>('/experiments', posterRequest(10));
    const runs = (await whenOver(person, simulated.id)).runs;
    const simulatedS = seconds(simulatedMs);
    const real = await person.post<{ id: number }>(
      '/experiments',
      posterRequest(1, { units: ['machine.cpu', 'machine.tflite'], models: [{ id: 'mobilenet_v2', jobs: 6 }] }),
    );
    const computed = (await whenOver(person, real.id)).runs;
    const rssMiB = Math.round(rssOf(product.child.pid!) / 2 ** 20); // it is running
    console.log(
      JSON.stringify({
        ...{ bundle, emulated: 'qemu-aarch64 -cpu cortex-a72', installS, bootS, simulatedS, rssMiB },
        simulated: runs.map(({ policy, status, done }) => ({ policy, status, done })),
        real: computed.map(({ policy, status, done }) => ({ policy, status, done })),
      }),
    );
    if ([...runs, ...computed].some(({ status }) => status !== 'done')) process.exitCode = 1;
  } finally {
    await product.stop();
  }
} finally {
  folder.remove();
}

/**
 * A command that is this program under emulation. What the server starts it starts by its own path, which the kernel here cannot run: so
 * each process is told that its path is this command's.
 */
function emulated(program: string): string {
  mkdirSync(at('emulated'));
  const command = at('emulated/node');
  const preload = at('emulated/path.cjs');
  writeFileSync(preload, `process.execPath = ${JSON.stringify(command)};\n`);
  const qemu = `qemu-aarch64-static -L ${at('arm64')} -cpu cortex-a72 ${program} --require ${preload}`;
  writeFileSync(command, `#!/bin/sh\nexec ${qemu} "$@"\n`);
  chmodSync(command, 0o755);
  return command;
}

/** Of the server and its units' processes, the emulator's own included, in bytes. */
function rssOf(pid: number): number {
  const children = execFileSync('ps', ['-o', 'rss=', '--pid', String(pid), '--ppid', String(pid)], {
    encoding: 'utf8',
  });
  return children
    .trim()
    .split('\n')
    .reduce((sum, kib) => sum + Number(kib) * 1024, 0);
}
