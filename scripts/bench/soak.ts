import type { ExperimentView } from '../../server/panel/wire.ts';
import { claim, type Person, posterRequest, temporaryFolder, until } from '../../server/test/product.ts';
import { crowdOf, openClients } from './load-clients.ts';
import { startProbed } from './probed-product.ts';
import { childrenOf, openFiles, residentMb } from './process-facts.ts';

const CLIENTS = 20;
/** Until everything was used once, and V8 has settled. */
const WARM_UP_SHARE = 0.25;

interface Sample {
  readonly minute: number;
  readonly residentMb: number;
  readonly files: number;
  readonly children: number;
  readonly zombies: number;
  readonly listeners: number;
  readonly resources: number;
}

/** Runs begin, are stopped and end, units crash and come back, pages come and go, for so many minutes: what is left of it each time. */
export async function benchSoak(minutes: number) {
  const folder = temporaryFolder();
  const { product, ask } = await startProbed(folder.path);
  const { url, pid } = product.ready;
  const owner = await claim(product);
  const cookies = await crowdOf(owner, url, CLIENTS);
  const from = performance.now();
  const minute = () => (performance.now() - from) / 60_000;
  const samples: Sample[] = [];
  let cycles = 0;
  do {
    const clients = await openClients(url, cookies, CLIENTS);
    await cycle(owner, url, cycles++);
    clients.close();
    await new Promise((resolve) => setTimeout(resolve, 1500)); // their sockets are noticed to be gone
    const { listeners, resources } = await ask();
    samples.push({
      minute: minute(),
      residentMb: residentMb(pid),
      files: openFiles(pid),
      ...childrenOf(pid),
      listeners,
      resources,
    });
  } while (minute() < minutes);
  await product.stop();
  folder.remove();
  return { minutes: Number(minute().toFixed(1)), cycles, ...judged(samples) };
}

/** One run to its end, one that is stopped, and every fifth time a unit that crashes under it. */
async function cycle(owner: Person, url: string, n: number): Promise<void> {
  const whole = await owner.post<ExperimentView>('/experiments', posterRequest(10, { switchMs: 0 }));
  await isOver(owner, whole.id);
  const cut = await owner.post<ExperimentView>('/experiments', posterRequest(500, { switchMs: 0 }));
  await new Promise((resolve) => setTimeout(resolve, 500));
  if (n % 5 === 4) await owner.post('/units/tinker.npu/fault', { kind: 'crash' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await owner.post(`/experiments/${cut.id}/stop`, {});
  await isOver(owner, cut.id);
  const ready = async () => (await fetch(`${url}/readyz`)).ok;
  await until(async () => ((await ready()) ? true : undefined), 'all units');
}

const isOver = (owner: Person, id: number) =>
  until(
    async () => {
      const { status } = await owner.get<ExperimentView>(`/experiments/${id}`);
      return status === 'queued' || status === 'running' ? undefined : true;
    },
    'the end of a run',
    60_000,
  );

function judged(samples: readonly Sample[]) {
  const settled = samples.slice(Math.floor(samples.length * WARM_UP_SHARE));
  const [first, last] = [settled[0]!, settled.at(-1)!]; // there is one at least
  const grown = (of: 'files' | 'children' | 'listeners' | 'resources') => last[of] - first[of];
  return {
    residentMb: {
      first: Math.round(first.residentMb),
      last: Math.round(last.residentMb),
      mostEver: Math.round(Math.max(...samples.map((one) => one.residentMb))),
    },
    residentMbPerHour: Number((slope(settled) * 60).toFixed(1)),
    grown: {
      files: grown('files'),
      children: grown('children'),
      listeners: grown('listeners'),
      resources: grown('resources'),
    },
    zombies: Math.max(...samples.map(({ zombies }) => zombies)),
  };
}

/** MB a minute, by least squares. */
function slope(samples: readonly Sample[]): number {
  const mean = (of: (one: Sample) => number) => samples.reduce((sum, one) => sum + of(one), 0) / samples.length;
  const [x, y] = [mean(({ minute }) => minute), mean((one) => one.residentMb)];
  const across = samples.reduce((sum, one) => sum + (one.minute - x) * (one.residentMb - y), 0);
  const along = samples.reduce((sum, one) => sum + (one.minute - x) ** 2, 0);
  return along === 0 ? 0 : across / along;
}
