import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { DoctorReport } from '../panel/wire.ts';
import { openBrowser, openPageAs } from './browser.ts';
import { CORAL, fakeRoot, RK3399 } from './fake-root.ts';
import { claim, type Person, type Product, startProduct, temporaryFolder } from './product.ts';

// A person wonders why the stick that they plugged in is no unit.

const folder = temporaryFolder();
const machine = fakeRoot({ ...RK3399, ...CORAL });
machine.drop('usr/lib/libedgetpu.so.1');
process.env.SWITCHYARD_ROOT = machine.path;
let product: Product;
let owner: Person;
let browser: Browser;

before(async () => {
  product = await startProduct(folder.path);
  owner = await claim(product);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await product?.stop();
  folder.remove();
  machine.remove();
});

test('the units’ page says what is missing, in either language, once it is asked', async () => {
  for (const [locale, sentence] of [
    ['en-GB', 'No library for Google Coral USB was found'],
    ['ko-KR', 'Google Coral USB 라이브러리를 찾지 못했습니다'],
  ] as const) {
    const { page, problems, context } = await openPageAs(browser, product.ready.url, owner.cookie(), { locale });
    page.setDefaultTimeout(20_000);
    await page.goto(`${product.ready.url}/units`);
    await page.getByTestId('doctor').click();
    const broken = page.getByTestId('findings').locator('[data-level=broken]').filter({ hasText: sentence });
    await broken.waitFor();
    assert.deepEqual(problems, []);
    await context.close();
  }
});

test('programs are told the same, and only who may operate the board', async () => {
  const report = await owner.get<DoctorReport>('/doctor');
  assert.equal(report.well, false);
  assert.ok(report.findings.some(({ code, level }) => code === 'library-none' && level === 'broken'));
  assert.equal((await fetch(`${product.ready.url}/api/v1/doctor`)).status, 401);
});
