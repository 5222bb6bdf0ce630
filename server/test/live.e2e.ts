import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ExperimentView } from '../panel/wire.ts';
import { posterRequest } from './product.ts';
import { openStage } from './stage.ts';

// What makes a page live, and what it does when nobody looks or nothing comes any more.

/** Frames of state that have come, and their kinds. */
const states = { binary: 0, text: 0 };

/** A browser without a window is never hidden: the page is told that it is. */
const HIDEABLE = `(() => {
  let hidden = false;
  Object.defineProperty(document, 'hidden', { get: () => hidden });
  Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') });
  window.hide = (to) => {
    hidden = to;
    document.dispatchEvent(new Event('visibilitychange'));
  };
})()`;

const stage = await openStage();
after(stage.close);
const { owner } = stage;
const watched = await stage.open();
await watched.page.addInitScript(HIDEABLE);
watched.page.on('websocket', (socket) =>
  socket.on('framereceived', ({ payload }) => {
    const text = String(payload);
    if (/^451-\d*\["state"/.test(text)) states.binary++;
    else if (text.includes('["state"')) states.text++;
  }),
);

async function statesWithin(page: Page, ms: number): Promise<number> {
  const from = states.binary;
  await page.waitForTimeout(ms);
  return states.binary - from;
}

test('a run is told up to twenty times a second, in binary frames; a hidden tab hears once a second, and at once when it is looked at', async () => {
  const { page } = watched;
  const { runs } = await owner.post<ExperimentView>('/experiments', posterRequest(2000));
  await page.goto(`${stage.url}/runs/${runs[0]?.id}`);
  await page.getByTestId('run-throughput').filter({ hasText: /[1-9]/ }).waitFor();
  const seen = await statesWithin(page, 3000);
  assert.ok(seen >= 20 && seen <= 63, `${seen} states in three seconds`); // a busy machine paints late
  await page.evaluate('hide(true)');
  await page.waitForTimeout(1000);
  const unseen = await statesWithin(page, 5000);
  assert.ok(unseen >= 4 && unseen <= 6, `${unseen} states in five hidden seconds`);
  await page.evaluate('hide(false)');
  const again = await statesWithin(page, 1000);
  assert.ok(again >= 5, `${again} states in the first second that somebody looks again`);
  assert.equal(states.text, 0);
});

test('a board that says nothing any more is shown as it was, with its age: greyed, and no chart that moves on', async () => {
  const { page } = watched;
  process.kill(stage.product.ready.pid, 'SIGSTOP');
  try {
    await page.getByText(/Live paused \d+ s ago\. What is shown is from then/).waitFor({ timeout: 15_000 });
    assert.match(await page.locator('[data-connection=lost]').innerText(), /Live paused \d+ s ago/);
    const pixels = () =>
      page.evaluate(() => document.querySelector<HTMLCanvasElement>('canvas[data-testid=gantt]')?.toDataURL());
    const frozen = await pixels();
    await page.waitForTimeout(1500);
    assert.equal(await pixels(), frozen);
    assert.ok(
      await page.getByTestId('gantt').evaluate((canvas) => {
        for (let at: Element | null = canvas; at; at = at.parentElement)
          if (Number(getComputedStyle(at).opacity) < 1) return true;
        return false;
      }),
      'what is old is greyed',
    );
  } finally {
    process.kill(stage.product.ready.pid, 'SIGCONT');
  }
  await page.locator('[data-connection=live]').waitFor();
  await page.getByText(/Live paused/).waitFor({ state: 'detached' });
  assert.ok((await statesWithin(page, 1000)) >= 5);
  assert.deepEqual(watched.foreign, []);
});
