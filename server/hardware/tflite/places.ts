import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { placesOf } from '../computing/foreign.ts';

/** Where TensorFlow Lite's C library may be, in the order of trying. Names without a folder are the loader's to find. */
export function tflitePlaces(told: string | null, env: NodeJS.ProcessEnv = process.env): string[] {
  const names = ['libtensorflowlite_c.so', 'libtensorflow-lite.so', 'libtensorflowlite_c.so.2'];
  return placesOf(told, env.SWITCHYARD_TFLITE, [...packaged(), ...names]);
}

/** The one that an npm package carries, where that package is installed. */
function packaged(): string[] {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('tfjs-tflite-node/package.json'));
    const machine = process.arch === 'arm64' ? 'linux_arm64' : 'linux_amd64';
    const file = join(folder, 'cc_deps', machine, 'libtensorflowlite_c.so');
    return existsSync(file) ? [file] : [];
  } catch {
    return []; // not installed
  }
}
