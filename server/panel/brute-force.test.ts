import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createBackoff } from './backoff.ts';
import { ask, type Reply, type ScratchPanel, scratchPanel } from './scratch.ts';

const PASSWORD = 'what ada alone knows';
const AT_ONCE = 50;
const TRIES = 1000;
let panel: ScratchPanel;
let nowMs = 0;

before(async () => {
  panel = await scratchPanel(
    undefined,
    {},
    createBackoff(() => nowMs),
  );
  const claimed = await post('/claim', { token: panel.claimToken, name: 'ada', password: PASSWORD });
  assert.equal(claimed.status, 200);
});
after(() => panel.close());

function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Reply> {
  const all = { origin: panel.url, 'content-type': 'application/json', ...headers };
  return ask(panel, 'POST', `/api/v1${path}`, all, JSON.stringify(body));
}

/** So many guesses, fifty at a time, each from another address as it says; a second goes by in the time of `perSecond`. */
async function guess(nameOf: (n: number) => string, perSecond: number): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  const one = async (n: number) => {
    const address = `203.0.113.${n % 250}`;
    const spoofed = { 'x-forwarded-for': address, forwarded: `for=${address}`, 'x-real-ip': address };
    const { status, headers } = await post('/login', { name: nameOf(n), password: `guess ${n}` }, spoofed);
    if (status === 429) assert.ok(Number(headers['retry-after']) >= 1 && Number(headers['retry-after']) <= 60);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  };
  for (let from = 0; from < TRIES; from += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => one(from + i)));
    nowMs += (AT_ONCE / perSecond) * 1000;
  }
  return counts;
}
/** Five are free, then one after 1, 2, 4 … 60 s each. */
const mostWithin = (seconds: number): number => {
  let [tries, waited] = [5, 0];
  for (let pause = 1; waited + pause <= seconds; pause = Math.min(60, pause * 2)) {
    waited += pause;
    tries++;
  }
  return tries;
};

test('of a thousand guesses at one account hardly any is even looked at, whatever address each claims to have', async () => {
  const counts = await guess(() => 'ada', 10);
  assert.deepEqual([...counts.keys()].sort(), [401, 429]);
  const looked = counts.get(401) ?? 0;
  assert.ok(looked >= 5 && looked <= mostWithin(TRIES / 10), `${looked} of ${mostWithin(TRIES / 10)} at most`);
  const early = await post('/login', { name: 'ada', password: PASSWORD });
  assert.equal(early.status, 429);
  nowMs += Number(early.headers['retry-after']) * 1000;
  assert.equal((await post('/login', { name: 'ada', password: PASSWORD })).status, 200, 'never a ban');
});

test('one password at a thousand names is slowed down by the address that they come from', async () => {
  nowMs += 3_600_000;
  const counts = await guess((n) => `user ${n}`, 1000);
  assert.ok((counts.get(401) ?? 0) <= 5 + 1, `${counts.get(401)}`);
  nowMs += 60_000;
  assert.equal((await post('/login', { name: 'ada', password: PASSWORD })).status, 200);
});
