import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { seriousFaults } from './axe.ts';
import { openBrowser, openPage, type Watched } from './browser.ts';
import { everyPage } from './pages.ts';
import { OWNER, type Product, startProduct, temporaryFolder } from './product.ts';

// What a newcomer does, in a real browser: claims the board, launches the poster's comparison and a real experiment, watches
// both live, and finds them in the history after a restart.

const folder = temporaryFolder();
let product: Product;
let browser: Browser;
let watched: Watched;

before(async () => {
  product = await startProduct(folder.path);
  browser = await openBrowser();
  watched = await openPage(browser, product.ready.url);
});
after(async () => {
  await browser?.close();
  await product?.stop();
  folder.remove();
});

const at = (page: Page, id: string) => page.getByTestId(id);
const statusIs = (page: Page, status: string, timeout: number) =>
  page.locator(`[data-testid=run-status][data-status=${status}]`).first().waitFor({ timeout });

test('claim: the token of the console makes the first person the owner', async () => {
  const { page } = watched;
  await page.goto(product.ready.url);
  await page.waitForURL('**/welcome*');
  await at(page, 'claim-token').fill('not the token');
  await at(page, 'claim-name').fill(OWNER.name);
  await at(page, 'claim-password').fill(OWNER.password);
  await at(page, 'claim-password2').fill(OWNER.password);
  await at(page, 'claim-submit').click();
  await page.getByRole('alert').first().waitFor();
  await at(page, 'claim-token').fill(product.ready.claimToken ?? '');
  await at(page, 'claim-submit').click();
  await at(page, 'unit-card').first().waitFor();
  assert.equal(await at(page, 'unit-card').count(), 5);
  assert.equal(await page.locator('[data-testid=unit-card] >> [data-testid=simulated-badge]').count(), 4);
});

test('launch: the poster’s comparison is three clicks away and is watched live', async () => {
  const { page } = watched;
  await at(page, 'quick-poster').click();
  if (!/\/runs\/\d+/.test(page.url())) await at(page, 'new-launch').click();
  await page.waitForURL(/\/runs\/\d+/);
  await statusIs(page, 'running', 20_000);
  await page.waitForFunction(
    () => Number.parseFloat(document.querySelector('[data-testid=run-throughput]')?.textContent ?? '') > 0,
    undefined,
    { timeout: 20_000 },
  );
  await inked(page);
  assert.ok(
    (await page.getByTestId('simulated-badge').count()) > 0,
    'expected (await page.getByTestId("simulated-badge").count()) > 0',
  );
});

test('watch: the live page becomes the result at the same address', async () => {
  const { page } = watched;
  const address = page.url();
  await statusIs(page, 'done', 60_000);
  assert.equal(page.url(), address);
  assert.match((await at(page, 'run-throughput').textContent()) ?? '', /\d/);
  await inked(page);
});

test('board: what ran last is still to be seen while nothing runs, and models go by their names', async () => {
  const { page } = watched;
  await page.getByText('fcfs').first().waitFor();
  for (const link of await page.locator('nav[aria-label="Runs of this experiment"] a').all()) {
    const href = (await link.getAttribute('href')) ?? '';
    if (/\/runs\/\d+$/.test(href)) await page.goto(product.ready.url + href);
    await statusIs(page, 'done', 60_000);
  }
  await page.goto(`${product.ready.url}/`);
  await at(page, 'last-run').getByTestId('gantt').waitFor();
  await inked(page);
  await page.getByText('fastest', { exact: true }).first().waitFor();
  const cards = await at(page, 'unit-card').allInnerTexts();
  assert.ok(!cards.some((text) => /resnet50|mobilenet_v2/.test(text)), `ids on the cards: ${cards}`);
});

test('real: this machine’s CPU runs the three networks on the sample pictures, and the answers say untrained', async () => {
  const { page } = watched;
  await page.goto(`${product.ready.url}/`);
  await at(page, 'quick-real').click();
  if (!/\/runs\/\d+/.test(page.url())) await at(page, 'new-launch').click();
  await page.waitForURL(/\/runs\/\d+/);
  await statusIs(page, 'done', 120_000);
  await page
    .getByText(/untrained/i)
    .first()
    .waitFor();
  assert.equal(await page.locator('main').getByTestId('simulated-badge').count(), 0);
});

test('history: after a restart both experiments are found, and so is the person', async () => {
  await product.stop();
  product = await startProduct(folder.path);
  const moved = await openPage(browser, product.ready.url);
  await moved.page.goto(`${product.ready.url}/login`);
  await at(moved.page, 'login-name').fill(OWNER.name);
  await at(moved.page, 'login-password').fill(OWNER.password);
  await at(moved.page, 'login-submit').click();
  await moved.page.waitForURL((url) => !url.pathname.startsWith('/login'));
  await moved.page.goto(`${product.ready.url}/runs`);
  await at(moved.page, 'runs-row').first().waitFor();
  assert.ok(
    (await at(moved.page, 'runs-row').count()) >= 5,
    'expected (await at(moved.page, "runs-row").count()) >= 5',
  );
  await at(moved.page, 'runs-row').last().getByRole('link').first().click();
  await moved.page.waitForURL(/\/runs\/\d+/);
  await statusIs(moved.page, 'done', 10_000);
  await watched.context.close();
  assert.deepEqual(watched.foreign, []);
  watched = moved;
});

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

for (const language of ['en', 'ko']) {
  test(`every page reads well in ${language}, light and wide, dark and on a phone: no sideways scrolling, no serious accessibility fault, no complaint`, async () => {
    const seen = await openPage(browser, product.ready.url, {
      locale: language === 'ko' ? 'ko-KR' : 'en-GB',
      storageState: await watched.context.storageState(),
      bypassCSP: true,
    });
    for (const path of everyPage()) {
      await seen.page.setViewportSize(WIDE);
      await seen.page.emulateMedia({ colorScheme: 'light' });
      await seen.page.goto(product.ready.url + path);
      await seen.page.locator('main h1').first().waitFor();
      await seen.page.waitForTimeout(400);
      await readsWell(seen.page, `${path}, wide and light`);
      await seen.page.setViewportSize(PHONE);
      await seen.page.emulateMedia({ colorScheme: 'dark' });
      await seen.page.waitForTimeout(200);
      await readsWell(seen.page, `${path}, on a phone and dark`);
    }
    assert.deepEqual(
      seen.problems.filter((problem) => !/404 \(Not Found\)/.test(problem)), // of the address that leads nowhere
      [],
    );
    assert.deepEqual(seen.foreign, []);
    assert.equal(await seen.page.evaluate(() => document.documentElement.lang), language);
    await seen.context.close();
  });
}

async function readsWell(page: Page, where: string): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(overflow <= 0, `${where}: ${overflow} px too wide`);
  assert.deepEqual(await seriousFaults(page), [], where);
}

/** A frame after its figures, or a few where the machine is slow, the schedule is on the canvas. */
async function inked(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=gantt] canvas, canvas[data-testid=gantt]');
    const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    if (!pixels) return false;
    const colours = new Set<number>();
    for (let at = 0; at < pixels.length; at += 4 * 7)
      if (pixels[at + 3]! > 0) colours.add((pixels[at]! << 16) | (pixels[at + 1]! << 8) | pixels[at + 2]!); // four bytes a pixel
    return colours.size > 3;
  });
}
