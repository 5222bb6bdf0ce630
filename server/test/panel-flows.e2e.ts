import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { ExperimentView, RunView } from '../panel/wire.ts';
import { posterRequest, whenOver } from './product.ts';
import { openStage } from './stage.ts';

// What a person does who has something of their own, and what the panel shows when the board is suddenly gone.

const stage = await openStage({ timeoutMs: 10_000 });
after(stage.close);
const { owner } = stage;
const watched = await stage.open();

const statusIs = (page: Page, status: string, timeout: number) =>
  page.locator(`[data-testid=run-status][data-status=${status}]`).first().waitFor({ timeout });

/** Two inferences of each chosen model. */
async function launch(page: Page): Promise<void> {
  for (const count of await page.getByLabel(/^Inferences of/).all()) if (await count.isEnabled()) await count.fill('2');
  await page.locator('[data-testid=new-launch]:enabled').click();
  await page.waitForURL(/\/runs\/\d+/);
}

test('table: each mistake in a pasted table is one sentence, and a good one becomes a board', async () => {
  const { page } = watched;
  await page.goto(`${stage.url}/`);
  await page.getByRole('button', { name: 'Add a simulated board' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Name of the board').fill('Bench');
  const tableOf = (latencyMs: unknown) => JSON.stringify({ units: [{ id: 'gpu' }], models: ['net'], latencyMs });
  for (const [text, sentence] of [
    ['{ "units": [', 'This is not JSON'],
    [tableOf({ gpu: { net: -3 } }), 'A number of milliseconds above 0'],
    [tableOf({ gpu: { net: 3 }, ghost: {} }), '“latencyMs” names the unit “ghost”, which “units” does not list.'],
  ] as const) {
    await sheet.getByLabel('Latency table (JSON)').fill(text);
    await sheet.getByRole('button', { name: 'Add the board' }).click();
    await sheet.getByText(sentence).waitFor();
    assert.ok((await sheet.getByRole('listitem').count()) <= 1, `one sentence for ${text}`);
  }
  await sheet.getByRole('button', { name: 'Fill in an example' }).click();
  await sheet.getByRole('button', { name: 'Add the board' }).click();
  await page.getByRole('heading', { name: 'Bench' }).waitFor();
  await sheet.waitFor({ state: 'detached' });
});

test('table: the new board runs an experiment that says simulated, and its runs outlive it', async () => {
  const { page } = watched;
  await page.goto(`${stage.url}/experiments/new`);
  await page.getByRole('button', { name: 'Empty' }).click();
  const bench = page.getByRole('group', { name: 'Bench' });
  await bench.getByRole('checkbox', { name: /^gpu/ }).check();
  await page.getByRole('checkbox', { name: 'ResNet50' }).check();
  await launch(page);
  await statusIs(page, 'done', 20_000);
  const run = page.url();
  assert.ok((await page.getByTestId('simulated-badge').count()) > 0, 'expected the run to say SIMULATED');
  const { experiment } = await owner.get<RunView>(run.replace(stage.url, ''));
  await whenOver(owner, experiment); // its other policies' runs use the board as well
  await page.goto(`${stage.url}/`);
  await page.getByRole('button', { name: 'Delete board' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete board' }).click();
  await page.getByRole('heading', { name: 'Bench' }).waitFor({ state: 'detached' });
  await page.goto(run);
  await statusIs(page, 'done', 10_000);
});

test('picture: a broken one is refused in one sentence, a good one is what the networks look at', async () => {
  const { page } = watched;
  await page.goto(`${stage.url}/experiments/new?preset=real`);
  const choose = page.locator('input[type=file]');
  await choose.setInputFiles({ name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') });
  const said = await page.locator('main').getByRole('alert').first().innerText();
  assert.match(said, /^broken\.png is neither a PNG nor a JPEG picture\.$/);
  await choose.setInputFiles({
    name: 'cut.png',
    mimeType: 'image/png',
    buffer: Buffer.from('\x89PNG\r\n\x1a\nand then nothing', 'latin1'),
  });
  await page
    .getByRole('alert')
    .getByText(/^(?!broken).+picture/i)
    .waitFor();
  const buffer = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#d55e00' } })
    .png()
    .toBuffer();
  await choose.setInputFiles({ name: 'mine.png', mimeType: 'image/png', buffer });
  await page.getByRole('checkbox', { name: 'mine.png' }).waitFor();
  assert.equal(await page.getByRole('checkbox', { name: 'mine.png' }).isChecked(), true);
  assert.equal(await page.locator('main').getByRole('alert').count(), 0);
  await page.getByRole('checkbox', { name: 'sjf' }).uncheck();
  await launch(page);
  await statusIs(page, 'done', 40_000);
  await page.getByText('mine.png').first().waitFor();
  const run = Number(page.url().split('/').at(-1));
  const { pictures } = await owner.get<{ pictures: { name: string }[] }>(`/runs/${run}`);
  assert.deepEqual(
    pictures.map((picture) => picture.name),
    ['mine.png'],
  );
});

test('recorded arrivals: a wrong line is said with its number; pasted ones are replayed, and missed deadlines are shown', async () => {
  const { page } = watched;
  await page.goto(`${stage.url}/experiments/new`);
  await page.locator('[data-testid=new-launch]:enabled').waitFor();
  await page.getByTestId('new-way-trace').check();
  await page.getByText('Choose recorded arrivals.').waitFor();
  await page.getByText('Paste lines instead').click();
  const lines = page.getByRole('textbox', { name: 'Paste lines instead' });
  await lines.fill('{"atMs":0,"model":"resnet50","deadlineMs":1}\n{"atMs":5}');
  await page.getByRole('button', { name: 'Keep these lines' }).click();
  await page.getByText('Line 2 is not a job').waitFor();
  await lines.fill('{"atMs":0,"model":"resnet50","deadlineMs":1}\n{"atMs":5,"model":"resnet101"}');
  await page.getByRole('button', { name: 'Keep these lines' }).click();
  await page.getByRole('option', { name: /^Pasted · 2 jobs/ }).waitFor({ state: 'attached' });
  assert.equal(await page.getByLabel('Inferences of ResNet50').inputValue(), '1');
  assert.equal(await page.getByLabel('Inferences of ResNet50').isEnabled(), false);
  await page.getByLabel('Deadline, ms: ResNet101').fill('60000');
  await page
    .getByText(/^Deadlines missed 50\.0 %/)
    .first()
    .waitFor();
  for (const policy of ['affinity', 'sjf', 'priority']) await page.getByRole('checkbox', { name: policy }).uncheck();
  await page.locator('[data-testid=new-launch]:enabled').click();
  await page.waitForURL(/\/runs\/\d+/);
  await statusIs(page, 'done', 20_000);
  const row = page.getByRole('row', { name: /Deadlines missed/ }).first();
  assert.match(await row.innerText(), /50\.0 %/);
});

test('killed server: a banner says since when, and after the restart the run is shown as interrupted', async () => {
  const { page } = watched;
  const { runs } = await owner.post<ExperimentView>('/experiments', posterRequest(2000));
  await page.goto(`${stage.url}/runs/${runs[0]?.id}`);
  await statusIs(page, 'running', 20_000);
  await page.getByTestId('run-throughput').filter({ hasText: /[1-9]/ }).waitFor({ timeout: 20_000 });
  await page.waitForTimeout(2500); // so that something has been kept
  await stage.product.stop('SIGKILL');
  await page.getByText(/Live paused \d+ s ago\. What is shown is from then/).waitFor({ timeout: 15_000 });
  await stage.restart();
  await statusIs(page, 'interrupted', 20_000);
  await page.getByText(/Live paused/).waitFor({ state: 'detached' });
  const kept = /Kept: ([\d,]+) attempts/.exec(await page.locator('main').innerText())?.[1];
  assert.ok(Number(kept?.replaceAll(',', '')) > 0, `expected kept attempts, found ${kept}`);
  assert.deepEqual(watched.foreign, []);
});
