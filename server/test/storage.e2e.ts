import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import type { ExperimentView, Page, RestoreView } from '../panel/wire.ts';
import { posterRequest, until, whenOver } from './product.ts';
import { openStage } from './stage.ts';

// Settings → Storage: a backup and back, and which runs stay.

const stage = await openStage({ timeoutMs: 15_000 });
after(stage.close);
const { owner } = stage;
const first = await owner.post<ExperimentView>('/experiments', posterRequest(1, { name: 'First' }));
await whenOver(owner, first.id);

test('a backup is downloaded, brought back after a question that says what it replaces, and is there after a restart', async () => {
  const { page, context } = await stage.open();
  await page.goto(`${stage.url}/settings`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('settings-backup').click()]);
  const bytes = readFileSync(await download.path());
  assert.match(download.suggestedFilename(), /^switchyard-.+\.tar$/);
  const second = await owner.post<ExperimentView>('/experiments', posterRequest(1, { name: 'Second' }));
  await whenOver(owner, second.id);
  await page.reload();

  const choose = (name: string, buffer: Buffer) =>
    page
      .getByTestId('settings-restore')
      .locator('input')
      .setInputFiles({ name, mimeType: 'application/x-tar', buffer });
  const dialog = page.getByRole('dialog');
  const waiting = page.getByTestId('settings-restore-waiting');
  await page.getByTestId('settings-database').filter({ hasText: /\d/ }).waitFor();
  await choose('half.tar', bytes.subarray(0, bytes.length / 2));
  await dialog.getByText(/Restore “half\.tar”\?.* experiments \(2\), runs \(2, .*copies/).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  assert.equal((await owner.get<RestoreView>('/restore')).waiting, null);
  await choose('half.tar', bytes.subarray(0, bytes.length / 2));
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await page.getByText(/damaged or cut off .*nothing was changed/).waitFor();
  await choose('whole.tar', bytes);
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await waiting.getByText(/experiments: 1, runs: 1\) is whole/).waitFor();
  await waiting.getByRole('button').click();
  await waiting.waitFor({ state: 'detached' });
  await choose('whole.tar', bytes);
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await waiting.waitFor();

  await stage.product.stop();
  await stage.restart();
  const { items } = await owner.get<Page<ExperimentView>>('/experiments');
  assert.deepEqual(
    items.map(({ name }) => name),
    ['First'],
  );
  await page.reload();
  await page.getByTestId('settings-backup').waitFor();
  assert.equal(await waiting.count(), 0);
  await context.close();
});

test('a rule of retention is asked about, kept, and kept to', async () => {
  const { page, context } = await stage.open();
  await page.goto(`${stage.url}/settings`);
  const form = page.getByTestId('retention');
  const newest = form.getByLabel('Keep the newest runs');
  await newest.fill('none');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('A whole number from 1, or empty.').waitFor();
  const later = await owner.post<ExperimentView>('/experiments', posterRequest(1, { name: 'Later' }));
  await whenOver(owner, later.id);
  await newest.fill('1');
  await form.getByRole('button', { name: 'Save' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/runs kept: 1/).waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Saved.').waitFor();
  const gone = await until(async () => {
    const { status } = await owner.ask('GET', `/runs/${first.runs[0]!.id}`); // it has one
    return status === 410 ? status : undefined;
  }, 'the deletion');
  assert.equal(gone, 410);
  await page.reload();
  assert.equal(await newest.inputValue(), '1');
  await page.goto(`${stage.url}/runs/${first.runs[0]!.id}`);
  await page.getByText(/the rule of retention/).waitFor();
  await context.close();
});
