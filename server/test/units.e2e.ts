import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { UnitDetail } from '../panel/wire.ts';
import { posterRequest, until } from './product.ts';
import { openStage } from './stage.ts';

// A person keeps an eye on the units: what happened to them, what they hold; leaves one out, sets one going again.

const stage = await openStage();
after(stage.close);
const { owner } = stage;
let watched = await stage.open();

const go = (page: Page, path: string) => page.goto(stage.url + path);
const statusOf = async (unit: string) => (await owner.get<UnitDetail>(`/units/${unit}`)).unit.live.status;

test('what happens to a unit is seen as it happens, and is still there after a restart', async () => {
  const { page } = watched;
  await go(page, '/units');
  await page.getByTestId('unit-table').last().getByRole('link', { name: 'Rockchip NPU' }).click();
  await page.waitForURL('**/units/tinker.npu');
  await page.getByText('Nothing has happened to this unit yet.').waitFor();
  await page.getByRole('button', { name: 'Crash' }).click();
  const events = page.getByTestId('unit-events');
  await events.locator('[data-kind=back]').waitFor();
  await events.getByText('Its process was ended by SIGSEGV').waitFor();
  await events.getByText(/Fault set/).waitFor();
  assert.equal(await page.getByTestId('unit-crashes').innerText(), '1');
  await watched.context.close();
  await stage.product.stop();
  await stage.restart();
  watched = await stage.open();
  const again = watched.page;
  await go(again, '/units/tinker.npu');
  await again.getByTestId('unit-events').getByText('Its process was ended by SIGSEGV').waitFor();
  assert.equal(await again.getByTestId('unit-crashes').innerText(), '0', 'counts are of this server');
  await go(again, '/units');
  await again.getByRole('row', { name: /Rockchip NPU.*Back/ }).waitFor();
});

test('a unit is excluded with a reason, a new experiment begins without it and says why, and that is taken back', async () => {
  const { page } = watched;
  await go(page, '/units/tinker.coral');
  await page.getByRole('button', { name: 'Exclude from new experiments' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Reason (optional)').fill('on a USB 2.0 port');
  await page.keyboard.press('Enter');
  await sheet.waitFor({ state: 'detached' });
  await page
    .getByTestId('excluded')
    .getByText(/Excluded from new experiments by ada, .* · “on a USB 2.0 port”/)
    .waitFor();
  await page.getByTestId('toasts').getByText('Google Coral USB is excluded from new experiments.').waitFor();
  await go(page, '/experiments/new?preset=poster');
  const coral = page.getByRole('checkbox', { name: /Google Coral USB/ });
  await page.getByText('Left out by ada: on a USB 2.0 port').waitFor();
  assert.deepEqual(
    [await coral.isChecked(), await page.getByRole('checkbox', { name: /Rockchip NPU/ }).isChecked()],
    [false, true],
  );
  await coral.check();
  assert.ok(await coral.isChecked(), 'a person may still choose it');
  await go(page, '/units/tinker.coral');
  await page.getByRole('button', { name: 'Include again' }).click();
  await page.getByTestId('excluded').waitFor({ state: 'detached' });
  await page.getByTestId('unit-events').locator('[data-kind=included]').waitFor();
  await go(page, '/experiments/new?preset=poster');
  await page.getByRole('checkbox', { name: /Google Coral USB/ }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('input[type=checkbox]:checked').length > 6);
  assert.ok(await page.getByRole('checkbox', { name: /Google Coral USB/ }).isChecked());
});

test('three losses put a unit in quarantine, from which a person releases it', async () => {
  const { page } = watched;
  await go(page, '/units/tinker.cpu');
  for (let crashes = 1; crashes <= 3; crashes++) {
    await until(async () => ((await statusOf('tinker.cpu')) === 'ready' ? true : undefined), 'the unit');
    await owner.post('/units/tinker.cpu/fault', { kind: 'crash' });
    await until(async () => ((await statusOf('tinker.cpu')) !== 'ready' ? true : undefined), 'the loss');
  }
  await page.getByTestId('unit-events').locator('[data-kind=quarantined]').waitFor();
  await page.getByRole('button', { name: 'Release from quarantine' }).click();
  await page.getByTestId('unit-events').locator('[data-kind=released]').waitFor();
  await page.getByTestId('unit-health').locator('[data-unit-status=ready]').waitFor();
});

test('a real unit shows the machine’s sensors and its options, and is reset after a question; not under a run', async () => {
  const { page } = watched;
  await go(page, '/units/machine.cpu');
  assert.match(
    await page.getByTestId('machine').innerText(),
    /Temperature\s+(–|\d+\.\d °C)\s+Clock\s+(–|\d\.\d\d GHz)/,
  );
  await page.getByRole('heading', { name: 'Options' }).waitFor();
  const before = (await owner.get<UnitDetail>('/units/machine.cpu')).unit.live.pid;
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reset', exact: true }).click();
  await page.getByTestId('unit-events').locator('[data-kind=reset]').waitFor();
  await until(async () => {
    const { pid, status } = (await owner.get<UnitDetail>('/units/machine.cpu')).unit.live;
    return pid !== before && status === 'ready' ? true : undefined;
  }, 'another process');
  const { id } = await owner.post<{ id: number }>('/experiments', posterRequest(200));
  await page.waitForFunction(
    () => [...document.querySelectorAll('button')].find((b) => b.textContent === 'Reset')?.disabled,
  );
  await owner.post(`/experiments/${id}/stop`, {});
  assert.deepEqual(watched.problems, []);
});

test('a unit that is not there is said not to be, and whoever may only look has no button', async () => {
  const { page, context } = await stage.open();
  await page.route('**/api/v1/me', (route) => route.fulfill({ json: { name: 'vera', role: 'viewer' } }));
  await go(page, '/units/tinker.npu');
  await page.getByTestId('unit-events').waitFor();
  assert.equal(await page.getByRole('button', { name: /Reset|Exclude|Crash/ }).count(), 0);
  await go(page, '/units/tinker.none');
  await page.getByText('There is no unit “tinker.none”.').waitFor();
  await context.close();
});

test('on a phone the bar has five places, and the rest is behind the last', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'ko-KR' };
  const { page, problems, context } = await stage.open(phone);
  await go(page, '/');
  const bar = page.getByRole('navigation', { name: '주 메뉴' });
  await bar.getByRole('button', { name: '더 보기' }).waitFor();
  const shown = await bar
    .locator('ul > li')
    .evaluateAll((all) => all.filter((li) => li.getClientRects().length > 0).length);
  assert.equal(shown, 5);
  await bar.getByRole('button', { name: '더 보기' }).tap();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await bar.getByRole('button', { name: '더 보기' }).tap();
  await page.getByRole('dialog').getByRole('link', { name: '연산 장치' }).tap();
  await page.waitForURL('**/units');
  await page.getByTestId('unit-table').first().waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
  assert.deepEqual(problems, []);
  await context.close();
});

test('when the board is lost what is shown says so, and does not look live', async () => {
  const { page } = watched;
  await go(page, '/units');
  await page.getByTestId('unit-table').first().waitFor();
  await stage.product.stop();
  await page.getByText(/^Live paused \d+ s ago\. What is shown is from then/).waitFor();
  await page.locator('[data-stale=true]').first().waitFor();
});
