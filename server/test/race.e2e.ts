import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RaceRound, RunDetail } from '../panel/wire.ts';
import { raceRequest, whenOver } from './product.ts';
import { openStage } from './stage.ts';

// A person lets the policies race on a stream, and asks afterwards who decided, and why a job went where it went.

let run: RunDetail;

const stage = await openStage();
after(stage.close);
const { owner } = stage;
const watched = await stage.open();

test('rehearsals are listed while the run goes on, and are all there when it is over', async () => {
  const { page } = watched;
  // Twelve seconds: several rehearsals, and time enough for late answers.
  const request = { ...raceRequest(), models: [{ id: 'mobilenet_v2', jobs: 2400 }] };
  const { id, runs } = await owner.post<{ id: number; runs: { id: number }[] }>('/experiments', request);
  // Each answer is three seconds old when it comes: what happened meanwhile is not in it.
  await page.route('**/api/v1/runs/*/race', async (route) => {
    const response = await route.fetch();
    await sleep(3000);
    await route.fulfill({ response }).catch(() => {}); // the page may have gone on
  });
  await page.goto(`${stage.url}/runs/${runs[0]?.id}`);
  await page.getByRole('heading', { name: 'The race' }).waitFor();
  const rows = page.getByTestId('race-rounds').locator('tbody tr');
  await rows.first().waitFor();
  assert.equal(await page.locator('[data-testid=run-status][data-status=running]').count(), 1, 'while it runs');
  await page.getByText('Judged by: 99th percentile').waitFor();
  await whenOver(owner, id);
  await page.locator('[data-testid=run-status][data-status=done]').first().waitFor();
  run = await owner.get<RunDetail>(`/runs/${runs[0]?.id}`);
  const rounds = await owner.get<RaceRound[]>(`/runs/${run.id}/race`);
  assert.ok(rounds.length >= 2, 'two rehearsals at least');
  await page.waitForFunction(
    (n) => document.querySelectorAll('[data-testid=race-rounds] tbody tr').length === n,
    rounds.length,
  );
  const columns = await page.getByTestId('race-rounds').locator('thead th').allInnerTexts();
  for (const { policy } of rounds[0]?.entries ?? []) assert.ok(columns.includes(policy), policy);
  const strip = (await page.getByTestId('race-strip').getAttribute('aria-label')) ?? '';
  assert.match(strip, /^In charge: .*\w+ \d+ %/);
  assert.ok(strip.includes(rounds.at(-1)?.winner ?? '?'), 'the last winner was in charge to the end');
});

test('a slice of it says why: the reason, each unit’s expected end, and what the choice cost', async () => {
  const { page } = watched;
  const gantt = page.getByTestId('gantt');
  await gantt.focus();
  await page.keyboard.press('Enter');
  const sentence = await page.getByTestId('why-sentence').innerText();
  assert.ok(sentence.length > 20 && !sentence.includes('recorded before'), sentence);
  const table = page.getByTestId('why-table');
  assert.deepEqual((await table.locator('thead th').allInnerTexts()).slice(0, 3), ['Unit', 'Expected', 'Price']);
  assert.equal(await table.locator('tbody tr').count(), run.units.length);
  assert.match(await table.locator('[data-chosen=true]').innerText(), /\d ms[\s\S]+took [\d.]+ ms/);
});

test('the card under the pointer does not cover the explanation of the slice it is about', async () => {
  const { page } = watched;
  await page.keyboard.press('Escape');
  const { width } = (await page.getByTestId('gantt').boundingBox()) ?? { width: 0 };
  const middle = (await page.getByTestId('gantt').getAttribute('aria-label')) ?? '';
  assert.match(middle, /^Schedule of 4 units/);
  await page.getByTestId('gantt').click({ position: { x: width * 0.5, y: 22 + 40 * 2 + 17 } });
  await page.getByTestId('why-panel').waitFor();
  assert.equal(await page.getByTestId('hover-card').count(), 0);
});

test('no page complained, and nothing left the board', () => {
  assert.deepEqual([watched.problems, watched.foreign], [[], []]);
});
