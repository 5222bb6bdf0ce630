import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Product, root, startProduct, until } from '../../server/test/product.ts';

/** What the server says of its inside since it was asked last. */
export interface Inside {
  /** How late its main thread's timers were. */
  readonly loopMs: { readonly p50: number; readonly p99: number; readonly most: number };
  /** Of its process object. */
  readonly listeners: number;
  /** Timers, sockets and the like that keep it alive. */
  readonly resources: number;
}

/** The built server with a probe in it. */
export async function startProbed(dataDir: string): Promise<{ readonly product: Product; ask(): Promise<Inside> }> {
  const file = join(dataDir, 'probe.json');
  const probe = pathToFileURL(join(root, 'scripts/bench/loop-probe.mjs'));
  const words = [`NODE_OPTIONS=--import=${probe}`, `SWITCHYARD_PROBE_FILE=${file}`];
  const product = await startProduct(dataDir, ['env', ...words, process.execPath, 'dist/server.js', '--ready-json']);
  return {
    product,
    async ask() {
      rmSync(file, { force: true });
      process.kill(product.ready.pid, 'SIGUSR2');
      return until(async () => (existsSync(file) ? read(file) : undefined), 'the probe');
    },
  };
}

/** undefined: it is being written. */
function read(file: string): Inside | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
