import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../../server/hardware/simulated/random.ts';
import { quantile } from '../../../server/scheduling/quantile.ts';
import { claim, type Person, personAt, startProduct, temporaryFolder } from '../../../server/test/product.ts';
import { isWhole, openBook } from './ledger-check.ts';

const SEED = 42;
/** An end comes this long after the server was ready, by chance. */
const FROM_MS = 100;
const TO_MS = 1600;

/** One data folder, one server after the other, each ended in the middle of an experiment and with questions under way. */
async function ends(rounds: number, signal: 'SIGKILL' | 'SIGTERM') {
  const folder = temporaryFolder();
  const random = createRandom(SEED);
  const book = openBook();
  const readyMs: number[] = [];
  const exitMs: number[] = [];
  const codes: Record<string, number> = {};
  let whole = 0;
  let cookie: string | null = null;
  const start = async (): Promise<[Awaited<ReturnType<typeof startProduct>>, Person]> => {
    const from = performance.now();
    const product = await startProduct(folder.path);
    readyMs.push(performance.now() - from);
    const person: Person = cookie === null ? await claim(product) : personAt(product.ready.url, cookie);
    cookie = person.cookie();
    return [product, person];
  };
  try {
    for (let round = 0; round < rounds; round++) {
      const [product, person] = await start();
      if (round > 0) await book.check(person);
      await book.launch(person);
      await sleep(FROM_MS + random() * (TO_MS - FROM_MS));
      await book.readRows(person);
      const underWay = [book.launch(person), book.launch(person)];
      await sleep(random() * 150); // with or without an answer
      const from = performance.now();
      const { code, signal: by } = await product.stop(signal);
      exitMs.push(performance.now() - from);
      codes[String(code ?? by)] = (codes[String(code ?? by)] ?? 0) + 1;
      await Promise.all(underWay);
      whole += Number(await isWhole(join(folder.path, 'switchyard.db')));
      if ((round + 1) % 10 === 0) console.error(`bench: ${round + 1} of ${rounds}`);
    }
    const [last, person] = await start();
    await book.check(person);
    await last.stop();
  } finally {
    folder.remove();
  }
  const ascending = readyMs.slice(1).sort((a, b) => a - b);
  return {
    ends: rounds,
    ...book.tally,
    integrityOk: whole,
    startToReadyMs: { p50: Math.round(quantile(ascending, 0.5)), p99: Math.round(quantile(ascending, 0.99)) },
    ...{ exitMs, codes },
  };
}

/** kill -9 in the middle of experiments. */
export async function benchKills(rounds: number) {
  const { exitMs: _, codes: __, ends: kills, ...figures } = await ends(rounds, 'SIGKILL');
  return { kills, ...figures };
}

/** SIGTERM under load. */
export async function benchStops(rounds: number) {
  const { exitMs, codes, ends: stops, ...figures } = await ends(rounds, 'SIGTERM');
  const ascending = [...exitMs].sort((a, b) => a - b);
  return {
    ...{ stops, exitCodes: codes },
    exitMs: { p50: Math.round(quantile(ascending, 0.5)), max: Math.round(quantile(ascending, 1)) },
    ...figures,
  };
}
