import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ExperimentView, Me } from '../panel/wire.ts';
import { posterRequest, whenOver } from './product.ts';
import { openStage } from './stage.ts';

// What somebody sees who may look and nothing else. That the board itself refuses them is tested at its doors (panel/access.test.ts).

const stage = await openStage();
after(stage.close);
const { owner } = stage;
const done = await owner.post<ExperimentView>('/experiments', posterRequest(3));
await whenOver(owner, done.id);
const watched = await stage.open();
await watched.page.route('**/api/v1/me', (route) =>
  route.fulfill({ json: { name: 'vera', role: 'viewer' } satisfies Me }),
);

/** Names of what would change something. */
const ACTING =
  /^(Stop|Measure|Add a simulated board|Delete board|Launch|Queue after|Run again|Clone|Clear|Release from quarantine|Archive|Delete|Add tags or a note|Crash|Hang|Slow down|Unplug)$/;

test('a viewer sees the board, the runs and a run that goes on, and no button that would act', async () => {
  const { page } = watched;
  const going = await owner.post<ExperimentView>('/experiments', posterRequest(300));
  for (const path of ['/', '/runs', `/runs/${going.runs[0]?.id}`, '/runs/1', `/experiments/${going.id}`]) {
    await page.goto(stage.url + path);
    await page.locator('main h1').first().waitFor();
    await page.locator('[data-connection=live]').waitFor();
    await page.waitForTimeout(500);
    const enabled = await page.locator('button:enabled:visible, a.btn:visible').allInnerTexts();
    assert.deepEqual(
      enabled.map((text) => text.trim()).filter((text) => ACTING.test(text)),
      [],
      path,
    );
  }
  await page.goto(`${stage.url}/`);
  await page.locator('[data-unit="tinker.npu"]').click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText('Inference times').waitFor();
  const inSheet = await sheet.locator('button:enabled').allInnerTexts();
  assert.deepEqual(
    inSheet.filter((text) => ACTING.test(text.trim())),
    [],
  );
  await owner.post(`/experiments/${going.id}/stop`, {});
});

test('a viewer may ask for a prediction, and is told why nothing can be launched', async () => {
  const { page } = watched;
  await page.goto(`${stage.url}/experiments/new`);
  await page.getByText('Board time', { exact: true }).waitFor();
  await page.getByText('Your account may look but not launch.').waitFor();
  assert.equal(await page.getByTestId('new-launch').isDisabled(), true);
  await page.keyboard.press('Control+Enter');
  await page.waitForTimeout(500);
  assert.match(page.url(), /\/experiments\/new$/);
  assert.deepEqual([watched.problems, watched.foreign], [[], []]);
});
