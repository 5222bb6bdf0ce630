import type { Browser, Page } from 'playwright-core';
import { io } from 'socket.io-client';
import { decodeTrace } from '../../server/application/trace.ts';
import { decodeFrame } from '../../server/panel/frame.ts';
import type { ExperimentView, LiveState, RunDetail } from '../../server/panel/wire.ts';
import { openPageAs } from '../../server/test/browser.ts';
import {
  claim,
  type Person,
  type Product,
  posterRequest,
  startProduct,
  temporaryFolder,
  until,
} from '../../server/test/product.ts';
import { median } from './median.ts';

const WATCHED_MS = 8000;
/** How an encoded trace begins. */
const TRACE = 'YTR2';
/** Long enough for all that is looked at. */
const JOBS_OF_EACH = 3000;

/** How soon the board's page shows something that is alive, and how soon an inference that has ended is on the screen; ms. */
export async function benchLiveness(browser: Browser, rounds: number) {
  const folder = temporaryFolder();
  const product = await startProduct(folder.path);
  try {
    const owner = await claim(product);
    const idle = await firstValues(browser, product, owner, rounds);
    const experiment = await owner.post<ExperimentView>('/experiments', posterRequest(JOBS_OF_EACH));
    const run = experiment.runs[0]!.id; // it has one
    await until(
      async () => ((await owner.get<RunDetail>(`/runs/${run}`)).status === 'running' ? true : undefined),
      'a run',
    );
    return {
      firstLiveValueMs: { idle, running: await firstValues(browser, product, owner, rounds) },
      endToPixelMs: await endToPixels(browser, product, owner, run),
    };
  } finally {
    await product.stop();
    folder.remove();
  }
}

/** A browser that has nothing in its cache yet opens the board's page. */
async function firstValues(browser: Browser, product: Product, owner: Person, rounds: number): Promise<number> {
  const seen: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { page, context } = await openPageAs(browser, product.ready.url, owner.cookie());
    const from = performance.now();
    await page.goto(product.ready.url, { waitUntil: 'commit' });
    await page.locator('[data-connection=live]').waitFor();
    await page.locator('[data-testid=unit-card] [data-unit-status]').first().waitFor();
    seen.push(performance.now() - from);
    await context.close();
  }
  return Math.round(median(seen));
}

interface Arrival {
  /** Base64 of one encoded trace. */
  readonly bytes: string;
  /** When the frame that could draw it had been painted; milliseconds since 1970. */
  readonly paintedAt: number;
}

/** From the end that its unit's process stamped to the frame that has it, on the run's page; one machine, one clock. */
async function endToPixels(browser: Browser, product: Product, owner: Person, run: number) {
  const { page, context } = await openPageAs(browser, product.ready.url, owner.cookie());
  await page.addInitScript(noteArrivals);
  await page.goto(`${product.ready.url}/runs/${run}`);
  await page.getByTestId('run-throughput').filter({ hasText: /[1-9]/ }).waitFor();
  await page.waitForTimeout(1000); // what came before somebody looked is drawn late, and that is no fault
  const origin = hearOrigin(product, owner);
  const arrivals = await arrivalsOf(page);
  const originMs = origin.end();
  await context.close();
  const delays = arrivals.flatMap(({ bytes, paintedAt }) => {
    const frame = Buffer.from(bytes, 'base64');
    if (frame.toString('latin1', 0, 4) !== TRACE) return []; // a state
    return [...decodeTrace(frame).endMs].map((endMs) => paintedAt - (originMs + endMs));
  });
  delays.sort((a, b) => a - b);
  const at = (share: number) => Math.round(delays[Math.ceil(share * delays.length) - 1] ?? Number.NaN);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), inferences: delays.length };
}

async function arrivalsOf(page: Page): Promise<readonly Arrival[]> {
  await page.evaluate('arrivals.length = 0');
  await page.waitForTimeout(WATCHED_MS);
  return page.evaluate('arrivals') as Promise<readonly Arrival[]>;
}

/**
 * The run's first moment, in milliseconds since 1970: the least of when a state came less what it says has gone by. Too late by
 * what the quickest state took, a few milliseconds.
 */
function hearOrigin(product: Product, owner: Person) {
  let leastMs = Number.POSITIVE_INFINITY;
  const socket = io(product.ready.url, {
    transports: ['websocket'],
    extraHeaders: { cookie: owner.cookie(), origin: product.ready.url },
  });
  socket.on('state', (frame: Uint8Array, ack: () => void) => {
    ack();
    const state = decodeFrame(frame) as LiveState;
    if (state.run?.phase !== 'running') return;
    leastMs = Math.min(leastMs, performance.timeOrigin + performance.now() - state.run.elapsedMs);
  });
  return {
    end() {
      socket.disconnect();
      return leastMs;
    },
  };
}

/** In the page: every binary message of the socket, and when the frame after it was on the screen. */
function noteArrivals(): void {
  const arrivals: { bytes: string; paintedAt: number }[] = [];
  Object.assign(window, { arrivals });
  const Original = WebSocket;
  class Noted extends Original {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => data instanceof ArrayBuffer && note(new Uint8Array(data)));
    }
  }
  const note = (data: Uint8Array) => {
    const bytes = btoa(String.fromCharCode(...data));
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () =>
        void arrivals.push({ bytes, paintedAt: performance.timeOrigin + performance.now() });
      channel.port2.postMessage(null);
    });
  };
  window.WebSocket = Noted;
}
