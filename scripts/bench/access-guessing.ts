import { readFileSync } from 'node:fs';
import { quantile } from '../../server/scheduling/quantile.ts';
import type { Product } from '../../server/test/product.ts';

const TRIES = 1000;
const AT_ONCE = 50;
const LOOK_EVERY_MS = 20;
const QUIET_MS = 2000;

/**
 * A thousand guesses at one account, fifty at a time, each with another address in its forwarded headers: how many were looked at,
 * what others noticed of it, and when whoever knows the password gets in.
 */
export async function guessing({ ready }: Product, name: string, password: string) {
  const { url, pid } = ready;
  const logIn = (guess: string, from: number) =>
    fetch(`${url}/api/v1/login`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${from % 250}` },
      body: JSON.stringify({ name, password: guess }),
    });
  const quiet = watch(url, pid);
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  const before = await quiet();
  const watched = watch(url, pid);
  const statuses = new Map<number, number>();
  const fromMs = performance.now();
  for (let n = 0; n < TRIES; n += AT_ONCE)
    await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, i) => {
        const { status } = await logIn(`guess ${n + i}`, n + i);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }),
    );
  const tookMs = performance.now() - fromMs;
  const during = await watched();
  let reply = await logIn(password, 0);
  for (; reply.status === 429; reply = await logIn(password, 0)) {
    const waitS = Number(reply.headers.get('retry-after'));
    await new Promise((resolve) => setTimeout(resolve, waitS * 1000));
  }
  return {
    ...{
      tries: TRIES,
      lookedAt: statuses.get(401) ?? 0,
      slowedDown: statuses.get(429) ?? 0,
      tookMs: Math.round(tookMs),
    },
    healthzP99Ms: { before: before.p99Ms, during: during.p99Ms },
    rssMiB: { before: before.rssMiB, most: during.rssMiB },
    knowsThePassword: { status: reply.status, afterMs: Math.round(performance.now() - fromMs - tookMs) },
  };
}

/** Another's question again and again, and the most memory that the server had, until it is called. */
function watch(url: string, pid: number) {
  const answeredMs: number[] = [];
  let most = 0;
  let over = false;
  const done = (async () => {
    while (!over) {
      const askedMs = performance.now();
      await (await fetch(`${url}/healthz`)).arrayBuffer();
      answeredMs.push(performance.now() - askedMs);
      most = Math.max(most, residentMiB(pid));
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  })();
  return async () => {
    over = true;
    await done;
    const p99 = quantile(Float64Array.from(answeredMs).sort(), 0.99);
    return { p99Ms: Number(p99.toFixed(1)), rssMiB: most };
  };
}

const residentMiB = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
