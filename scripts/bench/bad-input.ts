import fc from 'fast-check';
import { quantile } from '../../server/scheduling/quantile.ts';
import { HTTP_DOORS, type HttpDoor } from '../../server/test/bad-input/doors.ts';
import { attackerAt, casesOf, faultIn } from '../../server/test/bad-input/http-attack.ts';
import { socketAttackerAt, socketCase } from '../../server/test/bad-input/socket-attack.ts';
import { claim, type Person, type Product, startProduct, temporaryFolder } from '../../server/test/product.ts';

const SOCKET_SHARE = 0.1;
const SIDE_BY_SIDE = 4;

interface Tally {
  cases: number;
  /** Door → how long its answers took. */
  readonly ms: Map<string, number[]>;
  readonly statuses: Record<string, number>;
  readonly faults: string[];
}

/** Requests and events that are nearly right, against the built server: 5xx, restarts, and how long answers take. */
export async function benchBadInput(cases: number): Promise<unknown> {
  const folder = temporaryFolder();
  const product = await startProduct(folder.path);
  let restarts = 0;
  product.child.once('exit', () => restarts++);
  const owner = await claim(product);
  const tally: Tally = { cases: 0, ms: new Map(), statuses: {}, faults: [] };
  await attackDoors(product, folder.path, Math.round(cases * (1 - SOCKET_SHARE)), tally);
  const sockets = await attackSocket(product, owner, folder.path, Math.round(cases * SOCKET_SHARE), tally);
  const answers = restarts === 0 && (await owner.ask('GET', '/board')).ok;
  const figures = {
    cases: tally.cases,
    sockets,
    statuses: tally.statuses,
    serverErrors: countOf(tally.statuses, (status) => status >= 500 && status !== 503),
    faults: { count: tally.faults.length, first: [...new Set(tally.faults)].slice(0, 10) },
    ...{ restarts, answers, errorsInLog: product.log().match(/ failed: /g)?.length ?? 0 },
    ms: times([...tally.ms.values()].flat()),
    slowest: slowest(tally.ms),
  };
  await product.stop();
  folder.remove();
  return figures;
}

function times(ms: readonly number[]) {
  const ascending = [...ms].sort((a, b) => a - b);
  const at = (share: number) => Number(quantile(ascending, share).toFixed(1));
  return { answers: ms.length, p50: at(0.5), p99: at(0.99), most: at(1) };
}

/** What starts processes, runs networks or hashes passwords takes longest. */
const slowest = (ms: ReadonlyMap<string, readonly number[]>) =>
  [...ms]
    .map(([door, all]) => ({ door, ...times(all) }))
    .sort((a, b) => b.p99 - a.p99)
    .slice(0, 10);

const countOf = (statuses: Record<string, number>, counts: (status: number) => boolean): number =>
  Object.entries(statuses).reduce((sum, [status, n]) => sum + (counts(Number(status)) ? n : 0), 0);

async function attackDoors(product: Product, dataDir: string, cases: number, tally: Tally): Promise<void> {
  const shares = HTTP_DOORS.reduce((sum, { share = 1 }) => sum + share, 0);
  const waiting = HTTP_DOORS.map((door, d) => ({ door, d }));
  const next = async (): Promise<void> => {
    for (let one = waiting.shift(); one; one = waiting.shift())
      await attackDoor(product, dataDir, one.door, Math.round((cases * (one.door.share ?? 1)) / shares), one.d, tally);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
}

async function attackDoor(
  product: Product,
  dataDir: string,
  door: HttpDoor,
  cases: number,
  seed: number,
  tally: Tally,
) {
  const attacker = await attackerAt(product, door.endsSession);
  for (const one of fc.sample(casesOf(door), { numRuns: cases, seed })) {
    const answered = await attacker.ask(one);
    await attacker.tidy(one, answered);
    tally.cases++;
    tally.ms.set(door.door, [...(tally.ms.get(door.door) ?? []), answered.ms]);
    tally.statuses[answered.status] = (tally.statuses[answered.status] ?? 0) + 1;
    const fault = faultIn(answered, product, dataDir);
    if (fault) tally.faults.push(`${door.door}: ${fault}`);
  }
  attacker.close();
}

async function attackSocket(product: Product, owner: Person, dataDir: string, cases: number, tally: Tally) {
  const attacker = socketAttackerAt(product, owner, dataDir);
  for (const one of fc.sample(socketCase, { numRuns: cases, seed: 99 })) {
    tally.cases++;
    const fault = await attacker.attack(one).catch((error: Error) => error.message);
    if (fault) tally.faults.push(`socket: ${fault}`);
  }
  attacker.close();
  return { cases, closed: attacker.closed() };
}
