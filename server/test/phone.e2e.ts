import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, type Watched } from './browser.ts';
import { OWNER, type Product, startProduct, temporaryFolder } from './product.ts';

// The way from an unclaimed board to a comparison, on a phone, by finger.

const folder = temporaryFolder();
let product: Product;
let browser: Browser;
let watched: Watched;

before(async () => {
  product = await startProduct(folder.path);
  browser = await openBrowser();
  const viewport = { width: 390, height: 844 };
  watched = await openPage(browser, product.ready.url, { viewport, hasTouch: true, isMobile: true });
  watched.page.setDefaultTimeout(20_000);
});
after(async () => {
  await browser?.close();
  await product?.stop();
  folder.remove();
});

const fits = async (page: Page, what: string): Promise<void> => {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${what} is ${over} px too wide`);
};
/** What is touched is as tall as a finger needs. */
async function tap(page: Page, testId: string): Promise<void> {
  const target = page.getByTestId(testId);
  const height = (await target.boundingBox())?.height ?? 0;
  assert.ok(height >= 40, `${testId} is ${height} px tall`);
  await target.tap();
}

test('claimed, launched, watched and compared by finger: nothing is too wide, too small or out of reach', async () => {
  const { page } = watched;
  await page.goto(product.ready.url);
  await page.getByTestId('claim-token').fill(product.ready.claimToken ?? '');
  await page.getByTestId('claim-name').fill(OWNER.name);
  await page.getByTestId('claim-password').fill(OWNER.password);
  await page.getByTestId('claim-password2').fill(OWNER.password);
  await fits(page, 'the door');
  await tap(page, 'claim-submit');
  await page.getByTestId('unit-card').first().waitFor();
  await fits(page, 'the board');
  const begin = (await page.getByTestId('quick-poster').boundingBox())?.y ?? Number.POSITIVE_INFINITY;
  assert.ok(begin < 844, 'where to begin is in sight without scrolling');
  await tap(page, 'quick-poster');
  await page.locator('[data-testid=new-launch]:enabled').waitFor();
  await fits(page, 'the form');
  await tap(page, 'new-launch');
  await page.waitForURL(/\/runs\/\d+/);
  await page.getByTestId('run-throughput').filter({ hasText: /[1-9]/ }).waitFor();
  await fits(page, 'the run while it goes on');
  await page.locator('[data-testid=run-status][data-status=done]').first().waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Compare these runs' }).waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Compare these runs' }).tap();
  await page.waitForURL(/\/compare\?r=/);
  await page.getByRole('table').first().waitFor();
  await fits(page, 'the comparison');
  const complaints = watched.problems.filter((problem) => !/403 \(Forbidden\)/.test(problem)); // before it was claimed
  assert.deepEqual([complaints, watched.foreign], [[], []]);
});
