import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { claim, posterRequest, root, startProduct, temporaryFolder, whenOver } from '../../server/test/product.ts';
import { firstLoad } from './first-load.ts';
import { median } from './median.ts';

/** From `npm start` to the first page and to everything ready, and the resident memory of each process, idle and after a run. */
export async function benchBoot({ rounds }: { rounds: number }) {
  const firstPage: number[] = [];
  const everything: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const folder = temporaryFolder();
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    const from = performance.now();
    const child = spawn('npm', ['--silent', 'start', '--', '--ready-json'], {
      cwd: root,
      env: { ...process.env, DATA_DIR: folder.path, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    const ready = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
    while (
      !(await fetch(`http://127.0.0.1:${port}/welcome`).then(
        (r) => r.ok,
        () => false,
      ))
    )
      await new Promise((resolve) => setTimeout(resolve, 5));
    firstPage.push(performance.now() - from);
    await ready;
    everything.push(performance.now() - from);
    process.kill(-child.pid!, 'SIGTERM'); // it was started
    await new Promise((resolve) => child.once('exit', resolve));
    folder.remove();
  }
  return {
    npmStartToFirstPageMs: Math.round(median(firstPage)),
    npmStartToReadyMs: Math.round(median(everything)),
    ...(await memory()),
    firstLoadKiB: firstLoad(),
  };
}

async function memory() {
  const folder = temporaryFolder();
  const product = await startProduct(folder.path);
  const rss = () =>
    Object.fromEntries(
      [
        ['main and engine', product.ready.pid] as const,
        ...product.ready.units.map((unit) => [unit.id, unit.pid] as const),
      ].map(([name, pid]) => [name, residentMiB(pid)]),
    );
  const idle = rss();
  const ada = await claim(product);
  for (const units of [undefined, ['machine.cpu']]) {
    const { id } = await ada.post<{ id: number }>('/experiments', posterRequest(10, units ? { units } : {}));
    await whenOver(ada, id);
  }
  const afterRuns = rss();
  await product.stop();
  folder.remove();
  return { rssMiBIdle: idle, rssMiBAfterRuns: afterRuns };
}

const residentMiB = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
