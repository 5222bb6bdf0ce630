import { claim, posterRequest, temporaryFolder } from '../../server/test/product.ts';
import { crowdOf, openClients } from './load-clients.ts';
import { startProbed } from './probed-product.ts';
import { residentMb } from './process-facts.ts';

const [CLIENTS, STOPPED] = [50, 10];
const WATCHED_S = 60;
const JOBS_OF_EACH = 20_000;

/** Ten of fifty open pages whose computers have stopped, without a word, while a run goes on: what piles up, and whether the others notice. */
export async function benchLoadStopped() {
  const folder = temporaryFolder();
  const { product, ask } = await startProbed(folder.path);
  const { url, pid } = product.ready;
  const owner = await claim(product);
  const cookies = await crowdOf(owner, url, CLIENTS);
  await owner.post('/experiments', posterRequest(JOBS_OF_EACH, { switchMs: 0 }));
  const quick = await openClients(url, cookies, CLIENTS - STOPPED);
  const stopped = await openClients(url, cookies, STOPPED);
  await pause(5);
  await quick.report();
  await pause(10);
  const before = rateOf(await quick.report(), 10);
  const fromMb = residentMb(pid);
  await ask(); // from here on
  stopped.freeze();
  let mostMb = fromMb;
  for (let second = 0; second < WATCHED_S; second++) {
    await pause(1);
    mostMb = Math.max(mostMb, residentMb(pid));
  }
  const after = rateOf(await quick.report(), WATCHED_S);
  const { loopMs } = await ask();
  for (const clients of [quick, stopped]) clients.close();
  await product.stop();
  folder.remove();
  const round = (value: number) => Number(value.toFixed(2));
  return {
    ...{ clients: CLIENTS, stopped: STOPPED, seconds: WATCHED_S },
    residentMb: { before: round(fromMb), most: round(mostMb), growth: round(mostMb - fromMb) },
    statesPerSecond: { before: round(before), after: round(after), kept: round(after / before) },
    eventLoopP99Ms: round(loopMs.p99),
  };
}

const rateOf = (heard: readonly { readonly states: readonly unknown[] }[], seconds: number): number =>
  heard.reduce((sum, { states }) => sum + states.length, 0) / heard.length / seconds;

const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
