import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn } from '../kernel-files.ts';
import type { DeviceKind } from './kinds.ts';

const TRIPLET = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
const USUAL = ['/usr/local/lib', `/lib/${TRIPLET}`, `/usr/lib/${TRIPLET}`, '/lib', '/usr/lib', '/lib64', '/usr/lib64'];

export type Environment = Readonly<Record<string, string | undefined>>;

/** The folders in which libraries are looked for, in this order: those of the environment, of the loader's own list, the usual ones. */
export function libraryFolders(root = '', env: Environment = process.env): string[] {
  const told = (env.LD_LIBRARY_PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  return [...new Set([...told, ...listed(root), ...openvino(root), ...USUAL])];
}

/** The file that leads to a device; null: there is none. What the environment names is taken at its word. */
export function libraryOf(
  { libraries, environment }: Pick<DeviceKind, 'libraries' | 'environment'>,
  root = '',
  env: Environment = process.env,
): string | null {
  const told = environment.map((name) => env[name]).find(Boolean);
  if (told) return told;
  const places = libraries.flatMap((name) => libraryFolders(root, env).map((folder) => join(root, folder, name)));
  return places.find((file) => existsSync(file)) ?? null;
}

/** /etc/ld.so.conf.d: where packages of vendors say that theirs are. */
function listed(root: string): string[] {
  const folder = `${root}/etc/ld.so.conf.d`;
  return namesIn(folder)
    .filter((name) => name.endsWith('.conf'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .map((line) => line.trim())
    .filter((line) => line.startsWith('/'));
}

/** Intel's archive is unpacked anywhere under /opt/intel. */
const openvino = (root: string): string[] =>
  namesIn(`${root}/opt/intel`)
    .filter((name) => name.startsWith('openvino'))
    .flatMap((name) => ['aarch64', 'intel64', ''].map((arch) => join('/opt/intel', name, 'runtime/lib', arch)));
