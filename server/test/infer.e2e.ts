import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { OWNER, posterRequest, root, whenOver } from './product.ts';
import { openStage } from './stage.ts';

// A person asks one network about one picture: on this machine's CPU, on a simulated unit, while somebody else has the board.

const stage = await openStage();
after(stage.close);
const { owner } = stage;
const watched = await stage.open();

const go = (page: Page, path: string) => page.goto(stage.url + path);
/** As a hand lets go of a file over the field. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([name, data]) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
      return transfer;
    },
    [name, bytes.toString('base64')] as const,
  );
  await page.getByTestId('infer-drop').dispatchEvent('drop', { dataTransfer });
}
const submit = (page: Page) => page.getByRole('button', { name: 'Infer', exact: true });

test('whoever presses before the page knows who looks is heard all the same', async () => {
  const late = await stage.open();
  try {
    await late.page.route('**/api/v1/me', () => {}); // never answered
    await go(late.page, '/infer');
    await submit(late.page).click();
    await late.page.getByText('Choose a picture: a real unit looks at one.').waitFor();
  } finally {
    await late.context.close();
  }
});

test('a sample is looked at by the best real unit, by keyboard alone', async () => {
  const { page } = watched;
  await go(page, '/infer');
  await submit(page).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Choose a picture: a real unit looks at one.').waitFor();
  await page.getByRole('radio', { name: 'Cat' }).focus();
  await page.keyboard.press('Space');
  await submit(page).focus();
  await page.keyboard.press('Enter');
  const answer = page.getByTestId('infer-answer');
  await answer.waitFor();
  assert.equal(await answer.getByTestId('infer-top').getByRole('listitem').count(), 5);
  await answer.getByText('This network has random weights: its answer means nothing.').waitFor();
  assert.match(
    await answer.getByTestId('time-split').innerText(),
    /Waiting[\s\S]*Picture[\s\S]*Loading the model[\s\S]*Computing[\s\S]*To the unit and back/,
  );
  await answer.getByText('It was the only unit asked.').waitFor();
  assert.match(await answer.getByTestId('infer-total').innerText(), /\d+(\.\d+)? m?s$/);
});

test('a file of one’s own is dropped, another model asked; what is no picture is refused before it is sent', async () => {
  const { page } = watched;
  const input = page.getByTestId('infer-drop').locator('input');
  await input.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
  await page.getByText('notes.txt is neither a PNG nor a JPEG picture.').waitFor();
  await drop(page, 'leaf.jpg', readFileSync(join(root, 'public/samples/leaf.jpg')));
  await page.getByText('leaf.jpg').first().waitFor();
  await page.getByLabel('Model').selectOption('resnet50');
  await submit(page).click();
  await page
    .getByTestId('infer-answer')
    .getByText(/^ResNet50 · /)
    .waitFor();
});

test('a simulated board names its best unit and why, and says that it computes nothing', async () => {
  const { page } = watched;
  await go(page, '/infer?model=mobilenet_v2');
  await page.getByLabel('Where', { exact: true }).selectOption('board tinker');
  await page
    .getByText('A simulated unit computes nothing: it takes the time of its table and gives no classes.')
    .waitFor();
  await submit(page).click();
  const answer = page.getByTestId('infer-answer');
  await answer.getByText('No other unit should have ended this MobileNetV2 sooner than Google Coral USB.').waitFor();
  assert.match(
    await answer.getByRole('row', { name: /Google Coral USB/ }).innerText(),
    /chosen\s+3\.\d\d ms\s+took \d/,
  );
  await answer.getByText('SIMULATED').first().waitFor();
  assert.equal(await answer.getByTestId('infer-top').count(), 0);
});

test('while a run has the board the page says which, and serves again afterwards', async () => {
  const { page } = watched;
  await page.getByLabel('Where', { exact: true }).selectOption('unit tinker.npu');
  const { id } = await owner.post<{ id: number }>('/experiments', posterRequest(40));
  await page
    .getByText('Run 1 has the board. Single inferences are served again when its experiment is over.')
    .waitFor();
  assert.ok(await submit(page).isDisabled());
  await owner.post(`/experiments/${id}/stop`, {});
  await whenOver(owner, id);
  await page.waitForFunction(
    () => document.querySelector<HTMLButtonElement>('button[type=submit]')?.disabled === false,
  );
  await submit(page).click();
  await page.getByTestId('infer-answer').getByText('It was the only unit asked.').waitFor();
  assert.deepEqual(watched.problems, []);
});

test('the curl command and the Python program that the page shows do what it did', async (t) => {
  const { page } = watched;
  await go(page, '/infer');
  await page.getByTestId('infer-drop').locator('input').setInputFiles(join(root, 'public/samples/leaf.jpg'));
  const code = page.getByTestId('infer-code');
  writeFileSync(join(stage.folder, 'leaf.jpg'), readFileSync(join(root, 'public/samples/leaf.jpg')));
  const real = (text: string) => text.replace('YOUR PASSWORD', OWNER.password);
  for (const [button, program, args] of [
    ['curl', 'sh', ['-c']],
    ['Python', 'python3', ['-c']],
  ] as const) {
    await page.getByRole('button', { name: button, exact: true }).click();
    const text = real(await code.innerText());
    if (!has(button === 'curl' ? 'curl' : 'python3')) {
      t.diagnostic(`${button} is not installed here`);
      continue;
    }
    const said = execFileSync(program, [...args, text], { cwd: stage.folder, encoding: 'utf8', timeout: 30_000 });
    assert.match(said, /machine\.cpu/);
  }
});

function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('whoever may only look is told so, on a phone in Korean', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'ko-KR' };
  const { page, problems, foreign, context } = await stage.open(phone);
  await page.route('**/api/v1/me', (route) => route.fulfill({ json: { name: 'vera', role: 'viewer' } }));
  await go(page, '/infer');
  await page.getByText('이 계정은 볼 수만 있고 장치를 쓸 수 없습니다.').waitFor();
  assert.ok(await page.getByRole('button', { name: '추론하기' }).isDisabled());
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
  assert.deepEqual([problems, foreign], [[], []]);
  await context.close();
});
