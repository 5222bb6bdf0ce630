import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, type Watched } from './browser.ts';
import { OWNER, type Product, startProduct, temporaryFolder } from './product.ts';

// The main flow without a pointer: claim, launch, watch, compare, export. Only keys are pressed; where the focus is, is asked.

const folder = temporaryFolder();
let product: Product;
let browser: Browser;
let watched: Watched;

before(async () => {
  product = await startProduct(folder.path);
  browser = await openBrowser();
  watched = await openPage(browser, product.ready.url);
  watched.page.setDefaultTimeout(20_000);
});
after(async () => {
  await browser?.close();
  await product?.stop();
  folder.remove();
});

interface Focused {
  readonly name: string;
  readonly tag: string;
  /** Whether whoever looks can see where it is. */
  readonly visible: boolean;
}

const focused = (page: Page): Promise<Focused> =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement;
    const labels = (at as HTMLInputElement).labels;
    const name = at.ariaLabel ?? (labels?.length ? labels[0]?.innerText : undefined) ?? at.innerText ?? '';
    const { outlineStyle, outlineWidth } = getComputedStyle(at.closest('.choice') ?? at);
    const { width, height } = at.getBoundingClientRect();
    return {
      name: name.trim(),
      tag: at.tagName,
      visible: width > 0 && height > 0 && outlineStyle !== 'none' && outlineWidth !== '0px',
    };
  });

/** Presses Tab until the focus is on what has that name. */
async function tabTo(page: Page, name: RegExp, tag = /./, most = 80): Promise<void> {
  const seen: string[] = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    seen.push(`${at.tag} ${at.name.slice(0, 40)}`);
    if (!name.test(at.name) || !tag.test(at.tag)) continue;
    assert.ok(at.visible, `the focus on ${at.name} cannot be seen`);
    return;
  }
  assert.fail(`${name} was not reached by Tab:\n${seen.join('\n')}`);
}

test('claim: the form is filled in and sent from the keyboard', async () => {
  const { page } = watched;
  await page.goto(product.ready.url);
  await page.waitForURL('**/welcome*');
  await page.getByRole('region', { name: 'What is here' }).waitFor();
  for (const [label, text] of [
    [/^Claim token/, product.ready.claimToken ?? ''],
    [/^Your name/, OWNER.name],
    [/^Password$/, OWNER.password],
    [/^Password again/, OWNER.password],
  ] as const) {
    await tabTo(page, label);
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Enter');
  await page.getByTestId('unit-card').first().waitFor();
});

test('the first stop of the tabulator skips the navigation', async () => {
  const { page } = watched;
  await page.keyboard.press('Tab');
  assert.equal((await focused(page)).name, 'Skip to the content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.match((await focused(page)).name, /^(Add a simulated board|New experiment)$/);
});

test('launch: N opens the form, Ctrl+Enter launches it, and it is watched live', async () => {
  const { page } = watched;
  await page.keyboard.press('Escape');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('n');
  await page.waitForURL('**/experiments/new');
  await page.locator('[data-testid=new-launch]:enabled').waitFor();
  await tabTo(page, /^Inferences of MobileNetV2/);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('6');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/runs\/\d+/);
  await page.locator('[data-testid=run-status][data-status=running]').waitFor();
});

test('watch: the schedule is reached, zoomed and asked why; the table says the same', async () => {
  const { page } = watched;
  await page.locator('[data-testid=run-status][data-status=done]').waitFor();
  await page.getByTestId('gantt').first().waitFor();
  await tabTo(page, /./, /CANVAS/);
  await page.keyboard.press('w');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Close' }).first().waitFor();
  await page.keyboard.press('Escape');
});

test('compare: C sets the runs of the experiment beside each other', async () => {
  const { page } = watched;
  await page.getByRole('link', { name: 'Compare these runs' }).waitFor();
  await page.keyboard.press('c');
  await page.waitForURL(/\/compare\?r=\d+,\d+/);
  await page.getByRole('radio').first().waitFor();
  await tabTo(page, /as the baseline$/);
  await page.keyboard.press('ArrowDown');
  await page.waitForURL(/[?&]base=\d+/);
});

test('export: the list is reached with G R, its menu opens and gives the file', async () => {
  const { page } = watched;
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.waitForURL(/\/runs$/);
  await page.getByTestId('runs-row').first().waitFor();
  await tabTo(page, /^Export/, /BUTTON/);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Export' }).waitFor();
  await page.keyboard.press('ArrowDown');
  assert.match((await focused(page)).name, /CSV/);
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.match(readFileSync(await file.path(), 'utf8'), /policy/);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.match((await focused(page)).name, /^Export/, 'the focus is back on the button');
  // Before the claim there is nothing to be shown.
  assert.deepEqual(
    watched.problems.filter((problem) => !/403/.test(problem)),
    [],
  );
  assert.deepEqual(watched.foreign, []);
});
