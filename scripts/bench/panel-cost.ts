import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  claim,
  type Person,
  type Product,
  posterRequest,
  root,
  startProduct,
  temporaryFolder,
} from '../../server/test/product.ts';

const WATCHED_MS = 8000;
const VIEWERS = [0, 1, 20];
/** Of /proc/<pid>/stat, everywhere that Linux runs on our boards. */
const TICKS_PER_S = 100;
const JOBS_OF_EACH = 20_000;

/**
 * What watching costs the board: its server's share of one core, with so many open pages, while nothing runs and while the
 * poster's batch does. The viewers are a process of their own, which gives way to the board's.
 */
export async function benchCost() {
  const folder = temporaryFolder();
  const product = await startProduct(folder.path);
  try {
    const owner = await claim(product);
    await new Promise((resolve) => setTimeout(resolve, 4000)); // the units have woken up
    const idle = await sharesOf(product, owner);
    await owner.post('/experiments', posterRequest(JOBS_OF_EACH));
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return { serverCpuPercent: { idle, running: await sharesOf(product, owner) } };
  } finally {
    await product.stop();
    folder.remove();
  }
}

async function sharesOf(product: Product, owner: Person): Promise<Record<string, number>> {
  const shares: Record<string, number> = {};
  for (const viewers of VIEWERS) {
    const leave = viewers > 0 ? await watchAs(product, owner, viewers) : () => {};
    const before = cpuMs(product.ready.pid);
    const from = performance.now();
    await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
    shares[`${viewers} viewers`] = Number(
      (((cpuMs(product.ready.pid) - before) / (performance.now() - from)) * 100).toFixed(1),
    );
    leave();
  }
  return shares;
}

/** All threads of the server: HTTP, sockets and the engine. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' '); // after the name
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_S;
}

async function watchAs({ ready }: Product, owner: Person, count: number): Promise<() => void> {
  const clients = spawn('nice', ['-n', '10', process.execPath, join(root, 'dist/socket-clients.js')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    cwd: root,
  });
  clients.send({ url: ready.url, cookie: owner.cookie(), count });
  await new Promise((resolve) => clients.once('message', resolve));
  return () => void clients.kill();
}
