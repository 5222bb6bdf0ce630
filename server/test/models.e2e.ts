import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { tinyModel } from '../hardware/onnx/tiny-model.ts';
import { openHistory } from '../history/open.ts';
import type { ModelDetail } from '../panel/wire.ts';
import { irFile } from './model-samples.ts';
import { root, until } from './product.ts';
import { openStage } from './stage.ts';

// A person looks how long networks take, brings one of their own, names its classes, and takes it away again.

const DAY_MS = 86_400_000;

const stage = await openStage({ furnish: rememberThreeWeeks });
after(stage.close);
const { owner } = stage;
const watched = await stage.open();

/** The NCS2 has become slower, a little each week. */
async function rememberThreeWeeks(folder: string): Promise<void> {
  const history = await openHistory(join(folder, 'switchyard.db'), join(root, 'prisma/migrations'));
  for (const week of [3, 2, 1])
    await history.ledger.saveProfiles([
      {
        ...{ unit: 'tinker.ncs2' as never, model: 'resnet50' as never, source: 'measured', samples: 60, outliers: 0 },
        ...{ meanMs: 50 + 4 * (3 - week), p50Ms: 50, p95Ms: 55, p99Ms: 61.5, ciMs: 0.5, loadMs: 480, conditions: null },
        measuredAt: new Date(Date.now() - week * 7 * DAY_MS).toISOString(),
      },
    ]);
  await history.close();
}

const go = (page: Page, path: string) => page.goto(stage.url + path);
const tiny = (name: string) => ({ name, mimeType: 'application/octet-stream', buffer: tinyModel() });

test('every network stands with its file, and its times on every unit beside what was given', async () => {
  const { page } = watched;
  await go(page, '/models');
  const facts = page.getByTestId('model-table').getByRole('row', { name: /ResNet50/ });
  assert.match(
    await facts.innerText(),
    /ResNet50\s+25\.6 M\s+102\.6 MB\s+ONNX\s+FP32\s+1,000\s+none\s+built in\s*untrained/,
  );
  const times = page.getByTestId('times-tinker').getByRole('row', { name: /^ResNet50/ });
  assert.match(await times.innerText(), /58\.0 ms ±0\.50 ms\s+p99 61\.5 ms · load 480 ms\s+poster 50\.7 ms · ×1\.14/);
  assert.match(await times.innerText(), /not measured\s+poster 54\.1 ms/);
});

test('a model’s page draws how its time has drifted over weeks, and says it as a table', async () => {
  const { page } = watched;
  await page.getByTestId('model-table').getByRole('link', { name: 'ResNet50' }).click();
  await page.waitForURL('**/models/resnet50');
  const chart = page.getByTestId('drift-chart').filter({ hasText: 'Intel NCS2' });
  await chart.getByText(/^\+16\.0 % since/).waitFor();
  assert.equal(await chart.locator('circle').count(), 3);
  await chart.getByRole('img', { name: 'Intel NCS2: 3 measurements, the last one 58.0 ms' }).waitFor();
  await page.getByRole('button', { name: '7 days' }).click();
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=drift-chart] circle').length < 3);
  await page.getByRole('button', { name: 'All' }).click();
  await page.getByText('Show as a table').click();
  assert.equal(
    await page
      .getByTestId('drift-table')
      .getByRole('row', { name: /Intel NCS2/ })
      .count(),
    3,
  );
  await page.reload();
  await page.getByRole('heading', { name: 'ResNet50', level: 1 }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Delete model' }).count(), 0, 'what is built in stays');
});

test('a model of one’s own is brought by keyboard and file, and wrong ones are refused in a sentence each', async () => {
  const { page } = watched;
  await go(page, '/models');
  await page.getByRole('button', { name: 'Add a model' }).focus();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog');
  const file = sheet.getByTestId('model-file').locator('input');
  await sheet.getByRole('button', { name: 'Add it' }).click();
  await sheet.getByText('Choose a file.').waitFor();
  await file.setInputFiles({ ...tiny('net.pt') });
  await sheet
    .getByText(
      'net.pt has none of the names that units here read: .onnx, .tflite, _edgetpu.tflite, .rknn, .blob, .graph, .xml + .bin.',
    )
    .waitFor();
  await file.setInputFiles({ ...tiny('Bad net.onnx'), buffer: Buffer.from('nothing of the kind') });
  assert.equal(await sheet.getByLabel('Id', { exact: true }).inputValue(), 'bad-net');
  await sheet.getByRole('button', { name: 'Add it' }).click();
  await sheet.getByText(/^This is not a whole ONNX file/).waitFor();
  await sheet.getByLabel('Id', { exact: true }).fill('resnet50');
  await sheet.getByRole('button', { name: 'Add it' }).click();
  await sheet.getByText('There is a model “resnet50” already.').waitFor();
  await file.setInputFiles(tiny('my-net.v2.onnx'));
  await sheet.getByLabel('Id', { exact: true }).fill('my-net.v2');
  await sheet.getByLabel('Name').fill('My net');
  await sheet.getByRole('button', { name: 'Add it' }).click();
  await sheet.waitFor({ state: 'detached' });
  await page
    .getByTestId('model-table')
    .getByRole('row', { name: /My net\s+16\s+0\.4 kB\s+ONNX/ })
    .waitFor();
});

test('a model takes a file for another unit, which can be taken away again', async () => {
  const { page } = watched;
  await go(page, '/models/my-net.v2');
  const rows = page.getByTestId('model-files').getByRole('row');
  await rows.filter({ hasText: /\.onnx.*FP32.*float32 \[1, 3, 8, 8\].*machine\.cpu/ }).waitFor();
  await page.getByRole('button', { name: 'Add a file' }).click();
  const sheet = page.getByRole('dialog');
  const input = sheet.getByTestId('model-file').locator('input');
  await input.setInputFiles({ ...tiny('net.rknn'), buffer: Buffer.alloc(1000) });
  await sheet.getByRole('button', { name: 'Add it' }).click();
  await sheet.getByText('This is not an RKNN file').waitFor();
  await input.setInputFiles({ ...tiny('net.rknn'), buffer: Buffer.from(`RKNN${'x'.repeat(1000)}`) });
  await sheet.getByRole('button', { name: 'Add it' }).click();
  const added = rows.filter({ hasText: /\.rknn.*looked at only.*INT8.*no unit here/ });
  await added.waitFor();
  await added.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await added.waitFor({ state: 'detached' });
});

test('OpenVINO’s two files are one of a model’s files, chosen one after the other or together', async () => {
  const { page } = watched;
  await go(page, '/models/my-net.v2');
  await page.getByRole('button', { name: 'Add a file' }).click();
  const sheet = page.getByRole('dialog');
  const input = sheet.getByTestId('model-file').locator('input');
  const whole = irFile({ between: '' });
  const cut = whole.indexOf('</net>') + '</net>'.length;
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
  const [network, weights] = [file('net.xml', whole.subarray(0, cut)), file('net.bin', whole.subarray(cut))];
  await input.setInputFiles(network);
  await sheet.getByText('net.xml is half of a model: choose its .bin file as well.').waitFor();
  await input.setInputFiles(file('net.bin', weights.buffer.subarray(9)));
  await sheet.getByRole('button', { name: 'Add it' }).click();
  await sheet.getByText(/have to be those of one network/).waitFor();
  await input.setInputFiles([weights, network]);
  await sheet.getByRole('button', { name: 'Add it' }).click();
  const rows = page.getByTestId('model-files').getByRole('row');
  await rows.filter({ hasText: /\.ir.*read, but not run.*FP16.*float32 \[1, 3, 8, 8\].*no unit here/ }).waitFor();
});

test('its classes get their names, as many as there are', async () => {
  const { page } = watched;
  await go(page, '/models/my-net.v2');
  await page.getByRole('button', { name: 'Set labels' }).click();
  const input = page.getByRole('dialog').locator('input[type=file]');
  const labels = (text: string) => ({ name: 'labels.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await input.setInputFiles(labels('tench\ngoldfish\n'));
  await page.getByText('My-net.v2 tells 4 classes apart, and here are 2 labels').waitFor();
  await input.setInputFiles(labels('tench\ngoldfish\nshark\nhen\n'));
  await page.getByTestId('toasts').getByText('Saved: 4 labels.').waitFor();
  await page.getByText('4 labels').first().waitFor();
  assert.deepEqual((await owner.get<ModelDetail>('/models/my-net.v2')).labels, ['tench', 'goldfish', 'shark', 'hen']);
});

test('a model is deleted after it was said what is lost, and its times go with it', async () => {
  const { page } = watched;
  await until(
    async () => ((await owner.get<unknown[]>('/profiles?model=my-net.v2')).length > 0 ? true : undefined),
    'the first measurement',
    60_000,
  );
  await page.getByRole('button', { name: 'Delete model' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText(/Its file, its labels and every time that was measured with it are gone for good/).waitFor();
  await sheet.getByRole('button', { name: 'Delete model' }).click();
  await page.waitForURL('**/models');
  await page.getByTestId('model-table').waitFor();
  assert.equal(await page.getByText('My net').count(), 0);
  assert.deepEqual(await owner.get('/profiles?model=my-net.v2'), []);
  const refusals = /status of 40[04]/; // said by the browser of each that was meant to come
  assert.deepEqual(
    watched.problems.filter((problem) => !refusals.test(problem)),
    [],
  );
  await go(page, '/models/my-net.v2');
  await page.getByText('There is no model “my-net.v2”.').waitFor();
});

test('whoever may only look sees no button that changes something, and a lost board is said', async () => {
  const { page, context, foreign } = await stage.open();
  await page.route('**/api/v1/me', (route) => route.fulfill({ json: { name: 'vera', role: 'viewer' } }));
  await go(page, '/models');
  await page.getByTestId('model-table').waitFor();
  assert.equal(await page.getByRole('button', { name: /Add a model|Measure/ }).count(), 0);
  await page.route('**/api/v1/models', (route) => route.abort());
  await page.reload();
  await page.getByText('The board does not answer. Is it switched on and on this network?').waitFor();
  await page.unroute('**/api/v1/models');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByTestId('model-table').waitFor();
  assert.deepEqual(foreign, []);
  await context.close();
});
