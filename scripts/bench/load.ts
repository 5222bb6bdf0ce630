import type { ExperimentView, RunDetail } from '../../server/panel/wire.ts';
import { quantile } from '../../server/scheduling/quantile.ts';
import { claim, type Person, posterRequest, temporaryFolder, whenOver } from '../../server/test/product.ts';
import { type Clients, crowdOf, type Heard, openClients } from './load-clients.ts';
import { median } from './median.ts';
import { startProbed } from './probed-product.ts';
import { residentMb } from './process-facts.ts';

const SOCKETS = 200;
const JOBS_OF_EACH = 100;

/**
 * Two hundred live connections while a run goes on: how late the server's main thread is, what share of the states reaches them
 * and how late, and what it costs the run, against the same run with nobody there, by turns.
 */
export async function benchLoad(rounds: number) {
  const folder = temporaryFolder();
  const { product, ask } = await startProbed(folder.path);
  const { url, pid } = product.ready;
  const owner = await claim(product);
  const cookies = await crowdOf(owner, url, SOCKETS);
  await run(owner); // what is loaded at the first run is loaded
  const alone: Measured[] = [];
  const watched: (Measured & Reached)[] = [];
  for (let round = 0; round < rounds; round++) {
    await ask();
    alone.push({ ...(await run(owner)), loopP99Ms: (await ask()).loopMs.p99, residentMb: residentMb(pid) });
    const clients = await openClients(url, cookies, SOCKETS);
    await clients.report();
    await ask();
    const measured = await run(owner);
    watched.push({
      ...measured,
      loopP99Ms: (await ask()).loopMs.p99,
      residentMb: residentMb(pid),
      ...(await reached(clients)),
    });
    clients.close();
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  await product.stop();
  folder.remove();
  const middle = <T>(list: readonly T[], of: (one: T) => number) => Number(median(list.map(of)).toFixed(3));
  const both = (of: (one: Measured) => number) => {
    const [without, w] = [middle(alone, of), middle(watched, of)];
    return { alone: without, watched: w, change: without === 0 ? null : Number((w / without - 1).toFixed(4)) };
  };
  return {
    sockets: SOCKETS,
    eventLoopP99Ms: both(({ loopP99Ms }) => loopP99Ms),
    throughput: both(({ throughput }) => throughput),
    hopP50Us: both(({ hopP50Us }) => hopP50Us),
    hopP99Us: both(({ hopP99Us }) => hopP99Us),
    residentMb: both((one) => one.residentMb),
    delivered: middle(watched, ({ share }) => share),
    leastDelivered: Math.min(...watched.map(({ leastShare }) => leastShare)),
    lagP99Ms: middle(watched, ({ lagP99Ms }) => lagP99Ms),
    eventGaps: watched.reduce((sum, { gaps }) => sum + gaps, 0),
  };
}

interface Measured {
  readonly throughput: number;
  readonly hopP50Us: number;
  readonly hopP99Us: number;
  readonly loopP99Ms: number;
  readonly residentMb: number;
}

async function run(owner: Person): Promise<Pick<Measured, 'throughput' | 'hopP50Us' | 'hopP99Us'>> {
  const { id, runs } = await owner.post<ExperimentView>('/experiments', posterRequest(JOBS_OF_EACH, { switchMs: 0 }));
  await whenOver(owner, id);
  const { throughput, quality } = await owner.get<RunDetail>(`/runs/${runs[0]!.id}`); // one policy, one run
  return { throughput: throughput ?? 0, hopP50Us: quality?.hopP50Us ?? 0, hopP99Us: quality?.hopP99Us ?? 0 };
}

interface Reached {
  /** Of the states that were made while the socket was there; one is made for everybody, twenty times a second. */
  readonly share: number;
  readonly leastShare: number;
  /** Beyond the quickest that any of them ever was: the two clocks have no other common point. */
  readonly lagP99Ms: number;
  readonly gaps: number;
}

async function reached(clients: Clients): Promise<Reached> {
  const heard = await clients.report();
  const shares = heard.map(shareOf);
  const delays = heard
    .flatMap(({ states }) => states.map(({ madeMs, cameMs }) => cameMs - madeMs))
    .sort((a, b) => a - b);
  return {
    share: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    leastShare: Number(Math.min(...shares).toFixed(3)),
    lagP99Ms: quantile(delays, 0.99) - (delays[0] ?? 0),
    gaps: heard.reduce((sum, { gaps }) => sum + gaps, 0),
  };
}

function shareOf({ states }: Heard): number {
  const [first, last] = [states[0], states.at(-1)];
  return first && last && last.seq > first.seq ? (states.length - 1) / (last.seq - first.seq) : 0;
}
