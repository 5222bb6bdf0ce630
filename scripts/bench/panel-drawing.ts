import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { root } from '../../server/test/product.ts';
import type { FrameTook, PanelPage } from './panel-page.tsx';

declare const bench: PanelPage;

/** Frames of each kind that are measured. */
const FRAMES = 60;
const SLICES = [10_000, 100_000, 1_000_000];
/** What a run page's charts draw: throughput, three models, three percentiles, four units. */
const LINES = [1, 3, 3, 4];
const POINTS = 25_000;
const HOURS = 72;
/** Rows that the board's page keeps. */
const TAIL_ROWS = 2 ** 14;

/** How long the panel's own drawing takes in a browser. */
export const benchFrames = (browser: Browser) =>
  onPage(browser, async (page) => {
    const gantt: Record<string, unknown> = {};
    for (const slices of SLICES) gantt[slices] = await ganttOf(page, slices);
    const charts = {
      'four lines': figuresOf(await chartsOf(page, [1, 1, 1, 1])),
      'a run page’s eleven lines': figuresOf(await chartsOf(page, LINES)),
    };
    return { ganttFrames: gantt, charts25000Points: charts };
  });

/** How much a page keeps of a run of three days. */
export const benchHeap = (browser: Browser) =>
  onPage(browser, async (page) => ({
    heap72Hours: { boardPage: await heapOf(page, TAIL_ROWS), runPage: await heapOf(page) },
  }));

/** With a page that has the panel's own drawing (panel-page.tsx) and nothing else. */
export async function onPage<T>(browser: Browser, measure: (page: Page) => Promise<T>): Promise<T> {
  const served = await servePage();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.goto(served.url);
    return await measure(page);
  } finally {
    await page.close();
    served.close();
  }
}

async function ganttOf(page: Page, slices: number) {
  const seen = await page.evaluate(([n, frames]) => bench.gantt(n, frames), [slices, FRAMES] as const);
  return Object.fromEntries(Object.entries(seen).map(([zoom, took]) => [zoom, figuresOf(took)]));
}

const chartsOf = (page: Page, lines: readonly number[]) =>
  page.evaluate(([points, own, frames]) => bench.charts(points, own, frames), [POINTS, lines, FRAMES] as const);

/** `script`: until the drawing is handed over; `pixels`: until it is there. Milliseconds, p50 and p95. */
function figuresOf(took: readonly FrameTook[]) {
  const at = (values: number[], share: number) =>
    Number((values.sort((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? Number.NaN).toFixed(2));
  const script = took.map(({ scriptMs }) => scriptMs);
  const pixels = took.map(({ pixelsMs }) => pixelsMs);
  return { scriptP50: at(script, 0.5), pixelsP50: at(pixels, 0.5), pixelsP95: at(pixels, 0.95) };
}

/** What is kept after each part of the way: JavaScript's heap, and the typed arrays beside it. */
async function heapOf(page: Page, mostRows?: number) {
  await page.reload();
  const debug = await page.context().newCDPSession(page);
  await page.evaluate((most) => bench.open(most), mostRows);
  const at: Record<string, Kept> = {};
  let rows = 0;
  let before = 0;
  for (const hours of [1, 12, 24, 48, HOURS]) {
    rows = await page.evaluate((count) => bench.hours(count), hours - before);
    before = hours;
    at[`${hours} h`] = await keptBy(debug);
  }
  await page.evaluate(() => bench.end());
  const [first, last] = [at['1 h']!, at[`${HOURS} h`]!]; // both were measured
  const grown = { heapMiB: round(last.heapMiB - first.heapMiB), arraysMiB: round(last.arraysMiB - first.arraysMiB) };
  return { rows, grownSinceHour1: grown, at };
}

interface Kept {
  readonly heapMiB: number;
  readonly arraysMiB: number;
}

async function keptBy(debug: CDPSession): Promise<Kept> {
  for (let time = 0; time < 3; time++) await debug.send('HeapProfiler.collectGarbage');
  const usage = (await debug.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
  return {
    heapMiB: round(usage.usedSize / 2 ** 20),
    arraysMiB: round((usage.backingStorageSize ?? Number.NaN) / 2 ** 20),
  };
}
const round = (value: number): number => Number(value.toFixed(2));

/** The panel's drawing as a page of its own, in the panel's own colours. */
async function servePage() {
  const { build } = await import('esbuild');
  const built = await build({
    absWorkingDir: root,
    entryPoints: ['scripts/bench/panel-page.tsx'],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    loader: { '.css': 'empty' },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const script = built.outputFiles[0]!.text; // one entry, one file
  const html = `<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><style>${styles()}</style><body></body><script>${script.replaceAll('</script', '<\\/script')}</script></html>`;
  const server = createServer((_, res) => void res.setHeader('content-type', 'text/html').end(html));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

const styles = (): string =>
  readdirSync(join(root, 'out/_next/static'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css'))
    .map((file) => readFileSync(join(root, 'out/_next/static', file), 'utf8'))
    .join('\n');
