import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../setup.mjs';
import { runStep } from '../step.mjs';

/** Wanted where the panel is built, or where it is measured; a board is sent what they made. */
const NOT_ON_A_BOARD = ['next', 'react', 'react-dom', 'socket.io-client'];

/** node_modules as the lock has it, for another machine than this one, without what cannot matter there. */
export async function placeDependencies(bundle, arch) {
  const work = mkdtempSync(join(tmpdir(), 'switchyard-modules-'));
  try {
    const { devDependencies: _, scripts: __, ...rest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    for (const name of NOT_ON_A_BOARD) delete rest.dependencies[name];
    writeFileSync(join(work, 'package.json'), JSON.stringify(rest));
    for (const file of ['package-lock.json', '.npmrc']) cpSync(join(root, file), join(work, file));
    const machine = ['--os=linux', `--cpu=${arch}`, '--libc=glibc'];
    const quiet = ['--no-audit', '--no-fund'];
    const omit = ['--omit=dev', '--omit=peer'];
    await runStep(`libraries for ${arch}`, 'npm', 'install', '--prefix', work, ...omit, ...machine, ...quiet);
    thin(join(work, 'node_modules'), arch);
    cpSync(join(work, 'node_modules'), join(bundle, 'node_modules'), { recursive: true });
    placeTflite(join(bundle, 'node_modules', TFLITE), arch);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const TFLITE = 'tfjs-tflite-node';

/** Of that package only TensorFlow Lite's C library, which Debian has not and a Coral needs; under Apache 2.0, whose text sharp brings as well. */
function placeTflite(place, arch) {
  const from = join(root, 'node_modules', TFLITE);
  const library = `cc_deps/linux_${arch === 'x64' ? 'amd64' : arch}/libtensorflowlite_c.so`;
  for (const file of ['package.json', library]) cpSync(join(from, file), join(place, file));
  cpSync(join(root, 'node_modules/sharp/LICENSE'), join(place, 'LICENSE'));
}

/** ONNX Runtime brings every machine's libraries, Prisma every database's; types and maps are for whoever develops. */
function thin(modules, arch) {
  const gone = (path) => rmSync(join(modules, path), { recursive: true, force: true });
  const only = (folder, keep) => {
    for (const name of readdirSync(join(modules, folder))) if (!keep(name)) gone(join(folder, name));
  };
  only('onnxruntime-node/bin/napi-v6', (name) => name === 'linux');
  only('onnxruntime-node/bin/napi-v6/linux', (name) => name === arch);
  only('@prisma/client/runtime', (name) => name.startsWith('client.') || /query_compiler_fast_bg\.sqlite/.test(name));
  for (const folder of ['.bin', '@types', 'typescript', 'undici-types']) gone(folder);
  for (const entry of readdirSync(modules, { withFileTypes: true, recursive: true }))
    if (entry.isFile() && /\.(map|d\.[cm]?ts)$/.test(entry.name)) rmSync(join(entry.parentPath, entry.name));
}
