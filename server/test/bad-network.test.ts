import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ExperimentView } from '../panel/wire.ts';
import { type ChaosProxy, type Cut, openChaosProxy, type Weather } from './chaos-proxy.ts';
import { followRun } from './live-client.ts';
import {
  claim,
  linesOf,
  type Person,
  type Product,
  posterRequest,
  startProduct,
  temporaryFolder,
  until,
  whenOver,
} from './product.ts';

// A network that resets, falls silent, dawdles and crumbles, between tabs and the board: in the end they know what the board knows.

const CLIENTS = 6;
const WEATHERS: readonly Weather[] = ['fair', 'slow', 'crumbs'];
const CUTS: readonly Cut[] = ['reset', 'end', 'reset', 'deaf', 'reset', 'end'];

const folder = temporaryFolder();
let product: Product;
let ada: Person;
let proxy: ChaosProxy;

before(async () => {
  product = await startProduct(folder.path);
  ada = await claim(product);
  proxy = await openChaosProxy(product.ready.port);
});
after(async () => {
  proxy.close();
  await product.stop();
  folder.remove();
});

test('tabs that are cut off again and again in the middle of a run have all its rows once, and the board’s own last state', async (t) => {
  let turn = 0;
  proxy.setWeather(() => WEATHERS[turn++ % WEATHERS.length] ?? 'fair');
  const { id, runs } = await ada.post<ExperimentView>('/experiments', posterRequest(120, { switchMs: 0 }));
  const run = runs[0]!.id; // one policy, one run
  const clients = Array.from({ length: CLIENTS }, () => followRun(`http://127.0.0.1:${proxy.port}`, ada.cookie(), run));
  t.after(() => {
    for (const client of clients) client.close();
  });
  for (const [n, cut] of CUTS.entries()) {
    await until(async () => (clients.every((client) => client.connects() > 0) ? true : undefined), 'their connections');
    await new Promise((resolve) => setTimeout(resolve, 300));
    let each = 0;
    proxy.cut(cut, () => n % 2 === 0 || each++ % 2 === 0);
  }
  await whenOver(ada, id);
  const lines = await linesOf(ada, run);
  assert.equal(lines.length, 360);
  for (const client of clients) {
    await until(async () => (client.rows() === lines.length ? true : undefined), 'all rows', 30_000);
    const { job, endMs } = client.trace();
    assert.deepEqual(
      [...job],
      lines.map((line) => line.job),
    );
    assert.deepEqual(
      [...endMs],
      lines.map((line) => line.endMs),
    );
    await until(async () => (client.state()?.run === null ? true : undefined), 'the end of the run');
    const statuses = client
      .state()
      ?.units.map((unit) => [unit.id, unit.status])
      .sort();
    const board = await ada.get<{ boards: { units: { id: string; live: { status: string } }[] }[] }>('/board');
    const theirs = board.boards.flatMap(({ units }) => units.map((unit) => [unit.id, unit.live.status])).sort();
    assert.deepEqual(statuses, theirs);
    assert.deepEqual(client.mistakes(), []);
  }
  assert.ok(clients.reduce((sum, client) => sum + client.connects(), 0) > 2 * CLIENTS, 'they were cut off');
});

test('a program that asks through it is answered whole or not at all, and never with another’s answer', async () => {
  const through = async (n: number) => {
    const response = await fetch(`http://127.0.0.1:${proxy.port}/api/v1/experiments?limit=${1 + (n % 3)}`, {
      headers: { cookie: ada.cookie(), origin: `http://127.0.0.1:${proxy.port}` },
    });
    return (await response.json()) as { items: unknown[] };
  };
  const asked = Array.from({ length: 40 }, (_, n) =>
    through(n).then(
      ({ items }) => items.length <= 1 + (n % 3),
      () => null,
    ),
  );
  const cutting = setInterval(() => proxy.cut('reset', () => Math.random() < 0.3), 10);
  const answers = await Promise.all(asked);
  clearInterval(cutting);
  assert.ok(answers.every((right) => right !== false));
  assert.equal((await ada.ask('GET', '/board')).status, 200);
});
