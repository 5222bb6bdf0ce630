import { join } from 'node:path';
import { browserPath, openBrowser, openPageAs } from '../../server/test/browser.ts';
import { claim, type Person, type Product, root, startProduct, temporaryFolder } from '../../server/test/product.ts';
import { median } from './median.ts';
import { writeHistory } from './runs-history.ts';

/** What people ask of a long history, by what it is in words. */
const QUERIES: Readonly<Record<string, string>> = {
  everything: '',
  policy: 'q=policy:sjf',
  'policy, model and tag': 'q=policy:sjf model:resnet50 tag:paper',
  'a tag that one run has': 'q=tag:rare',
  'free text': 'q=night sweep',
  'free text that nothing has': 'q=zebra',
  'text in notes': 'q=note:fan',
  'a month': 'q=after:2026-10-01 before:2026-11-01',
  'figures, by p99': 'q=rate>70 p99<2s status:done&sort=p99Ms&order=asc',
  'everything by throughput': 'sort=throughput',
  'everything by name': 'sort=name&order=asc',
  'left out': 'q=-policy:sjf -tag:paper -has:note',
  'the archive': 'q=archived:yes unit:npu',
};
const REPEATS = 15;
const LIMIT = 100;

/** The list of runs over a history of `runs`: each query through HTTP, the next page, the export, and the page in a browser. */
export async function benchRuns({ rounds, runs }: { rounds: number; runs: number }) {
  const folder = temporaryFolder();
  const from = performance.now();
  await writeHistory(join(folder.path, 'switchyard.db'), join(root, 'prisma/migrations'), runs);
  const writtenMs = performance.now() - from;
  const product = await startProduct(folder.path);
  try {
    const ada = await claim(product);
    return {
      runs,
      writtenMs: Math.round(writtenMs),
      queries: await queries(ada),
      valuesMs: await timed(() => ada.text('/run-values')),
      csvMs: Math.round(await once(() => ada.text('/runs.csv'))),
      page: browserPath() ? await page(product, ada, rounds) : null,
    };
  } finally {
    await product.stop();
    folder.remove();
  }
}

async function queries(ada: Person) {
  const figures: Record<string, unknown> = {};
  for (const [name, query] of Object.entries(QUERIES)) {
    const path = `/runs?${new URLSearchParams(query)}&limit=${LIMIT}`;
    const { total, next } = await ada.get<{ total: number; next: string | null }>(path);
    const nextPage = next && (await timed(() => ada.text(`${path}&cursor=${encodeURIComponent(next)}`)));
    figures[name] = { found: total, ...(await timed(() => ada.text(path))), ...(nextPage ? { nextPage } : {}) };
  }
  return figures;
}

async function timed(ask: () => Promise<unknown>) {
  const times: number[] = [];
  for (let i = 0; i < REPEATS; i++) times.push(await once(ask));
  const ascending = times.sort((a, b) => a - b);
  return { medianMs: tenth(median(times)), p95Ms: tenth(ascending[Math.ceil(0.95 * REPEATS) - 1]!) }; // REPEATS of them
}

async function once(ask: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await ask();
  return performance.now() - from;
}

/** From the address to the first row, and from the last key of a search to its first row (a quarter of a second of that is the pause in typing). */
async function page(product: Product, ada: Person, rounds: number) {
  const browser = await openBrowser();
  const open: number[] = [];
  const search: number[] = [];
  for (let round = 0; round < Math.max(rounds, 5); round++) {
    const { page, context } = await openPageAs(browser, product.ready.url, ada.cookie());
    open.push(
      await once(async () => {
        await page.goto(`${product.ready.url}/runs`, { waitUntil: 'commit' });
        await page.getByTestId('runs-row').first().waitFor();
      }),
    );
    search.push(
      await once(async () => {
        await page.getByTestId('runs-search').fill('tag:rare');
        await page.locator('[data-testid=runs-row][data-run="1234"]').waitFor();
      }),
    );
    await context.close();
  }
  await browser.close();
  return {
    openMs: { median: Math.round(median(open)), all: open.map(Math.round) },
    searchMs: { median: Math.round(median(search)), all: search.map(Math.round) },
  };
}

const tenth = (ms: number): number => Number(ms.toFixed(1));
