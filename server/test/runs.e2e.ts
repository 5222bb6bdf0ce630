import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ExperimentView, Page as Listed, ListedRun } from '../panel/wire.ts';
import { openPage } from './browser.ts';
import { posterRequest, whenOver } from './product.ts';
import { openStage } from './stage.ts';

// The list of runs as a person uses it: found, chosen, marked, put away, deleted, and asked again.

let first: ExperimentView;

const stage = await openStage({ timeoutMs: 10_000 });
after(stage.close);
const { owner } = stage;
for (const name of ['Poster', 'Night sweep']) {
  const policies = ['fcfs', 'sjf', 'mct'];
  const launched = await owner.post<ExperimentView>('/experiments', posterRequest(2, { name, policies }));
  const over = await whenOver(owner, launched.id);
  first ??= over;
}
const watched = await stage.open();

const open = async (path: string): Promise<Page> => {
  await watched.page.goto(stage.url + path);
  return watched.page;
};
const search = (page: Page) => page.getByTestId('runs-search');
const row = (page: Page, id: number) => page.locator(`[data-testid=runs-row][data-run="${id}"]`);
const choose = (page: Page, id: number) => row(page, id).getByRole('checkbox').click();
const bar = (page: Page) => page.getByTestId('runs-selection');
const said = (page: Page) => page.getByTestId('runs-said');
const totalIs = (page: Page, text: string) =>
  page
    .getByTestId('runs-total')
    .filter({ hasText: new RegExp(`^${text}$`) })
    .waitFor();

test('search: what is typed is suggested, found, and stands in the address', async () => {
  const page = await open('/runs');
  await totalIs(page, '6 runs');
  await search(page).pressSequentially('poster pol');
  await page.getByRole('option', { name: 'policy:' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('s');
  await page.getByRole('option', { name: 'policy:sjf' }).click();
  await totalIs(page, '1 run');
  assert.equal(new URL(page.url()).search, '?q=poster+policy:sjf');
  assert.equal(await page.getByRole('combobox', { name: 'Policy' }).inputValue(), 'sjf');
  await page.getByRole('combobox', { name: 'Policy' }).selectOption('');
  await totalIs(page, '3 runs');
  await page.getByRole('button', { name: 'Sort by Makespan' }).click();
  await page.waitForURL(/q=poster&sort=makespanMs$/);
  await page.reload();
  await totalIs(page, '3 runs');
  assert.equal(await search(page).inputValue(), 'poster');
});

test('search: a wrong filter is explained, typed or in an address, and what was found stays', async () => {
  const page = await open('/runs?q=poster');
  await totalIs(page, '3 runs');
  await search(page).fill('poster polcy:sjf');
  await page.getByTestId('runs-search-note').getByText('There is no filter “polcy”. There are policy, model').waitFor();
  assert.equal(await page.getByTestId('runs-row').count(), 3);
  assert.equal(new URL(page.url()).search, '?q=poster');
  await open('/runs?q=status:finished');
  await page.getByText('status is one of queued, running, done').waitFor();
  await search(page).fill('zebra');
  await page.getByText('No run fits this filter.').waitFor();
  await page.getByRole('link', { name: 'Clear the filter' }).click();
  await totalIs(page, '6 runs');
});

test('marks: tags and a note are given to a selection and to one run, and found by', async () => {
  const page = await open('/runs');
  await choose(page, 1);
  await row(page, 3)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await bar(page).getByText('3 selected').waitFor();
  await bar(page).getByRole('button', { name: 'Tag' }).click();
  await page.getByTestId('tags-add').fill('Paper, two/words');
  await page.getByText('“two/words” is no tag').waitFor();
  await page.getByTestId('tags-add').fill('Paper');
  await page.getByRole('button', { name: 'Apply' }).click();
  await said(page).getByText('3 runs tagged anew.').waitFor();
  await row(page, 2).getByRole('button', { name: 'Show runs with the tag paper' }).click();
  await totalIs(page, '3 runs');
  await said(page).getByRole('button', { name: 'Undo' }).click();
  await page.getByText('No run fits this filter.').waitFor();
  await open('/runs/2');
  await page.getByTestId('run-marks').getByRole('button').click();
  await page.getByTestId('marks-tags').fill('final');
  await page.getByTestId('marks-note').fill('fan was off');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByTestId('run-marks').getByText('fan was off').waitFor();
  await page.getByTestId('run-marks').getByRole('link', { name: /final/ }).click();
  await totalIs(page, '1 run');
});

test('archive: runs that are put away leave the list and come back', async () => {
  const page = await open('/runs');
  for (const id of [4, 5]) await choose(page, id);
  await bar(page).getByRole('button', { name: 'Archive' }).click();
  await said(page).getByText('2 runs archived.').waitFor();
  await totalIs(page, '4 runs');
  await page.getByRole('combobox', { name: 'Archived' }).selectOption('yes');
  await totalIs(page, '2 runs');
  await said(page).getByRole('button', { name: 'Undo' }).click();
  await page.getByText('No run fits this filter.').waitFor();
});

test('views: a view has a name and a short address, for everybody', async () => {
  const page = await open('/runs?q=name:poster&sort=p99Ms&order=asc');
  await totalIs(page, '3 runs');
  await page.getByTestId('runs-views').click();
  await page.getByRole('button', { name: 'Save this view' }).click();
  await page.getByLabel('Name of the view').fill('Paper figures');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/\/runs\?v=paper-figures$/);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const other = await openPage(stage.browser, stage.url, { storageState: await watched.context.storageState() });
  await other.page.goto(`${stage.url}/runs?v=paper-figures`);
  await totalIs(other.page, '3 runs');
  assert.equal(await search(other.page).inputValue(), 'name:poster');
  await other.page
    .getByRole('columnheader', { name: /p99/ })
    .and(other.page.locator('[aria-sort=ascending]'))
    .waitFor();
  await other.context.close();
  await open('/runs?v=nowhere');
  await page.getByText('There is no view “nowhere” any more.').waitFor();
});

test('columns: what is chosen stands in the address and is remembered', async () => {
  const page = await open('/runs');
  await totalIs(page, '6 runs');
  await page.getByTestId('runs-columns').click();
  await page.getByRole('checkbox', { name: 'Models' }).check();
  await page.getByRole('columnheader', { name: 'Models' }).waitFor();
  assert.match(page.url(), /cols=id,name,.*models/);
  await open('/runs');
  await page.getByRole('columnheader', { name: 'Models' }).waitFor();
  await page.getByTestId('runs-columns').click();
  await page.getByRole('button', { name: 'As usual' }).click();
  await page.getByRole('columnheader', { name: 'Models' }).waitFor({ state: 'detached' });
});

test('again: a run runs again at once, and is cloned into a form with its policies alone', async () => {
  const page = await open('/runs');
  for (const id of [first.runs[1]!.id, first.runs[2]!.id]) await choose(page, id); // three policies
  await bar(page).getByRole('link', { name: 'Clone' }).click();
  await page.waitForURL(/experiments\/new\?from=/);
  await page.getByText('Filled in from run').waitFor();
  assert.deepEqual(
    await Promise.all(['fcfs', 'sjf', 'mct'].map((policy) => page.getByRole('checkbox', { name: policy }).isChecked())),
    [false, true, true],
  );
  await open(`/runs/${first.runs[1]!.id}`);
  await page.getByTestId('run-rerun').click();
  await page.waitForURL((url) => /\/runs\/\d+$/.test(url.pathname) && !url.pathname.endsWith(`/${first.runs[1]!.id}`));
  await page.locator('[data-testid=run-status][data-status=done]').waitFor();
  const { items } = await owner.get<Listed<ListedRun>>('/runs?limit=1');
  assert.deepEqual([items[0]?.policy, items[0]?.name], ['sjf', 'Poster']);
});

test('copy: the question of a run is text that the command line takes, also where there is no clipboard', async () => {
  const page = await open(`/runs/${first.runs[1]!.id}`);
  // As on every page over plain HTTP from the network.
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.getByTestId('copy-spec').click();
  await page.getByRole('button', { name: 'As a simulator command' }).click();
  const shown = await page.getByLabel('Select and copy this text:').inputValue();
  assert.match(shown, /^npx switchyard simulate --policy sjf --jobs 6 --mix 2:2:2 --switch-ms 500 --seed 42$/);
});

test('deleted: the question says what is lost, a selection outlives it, and the address tells what was there', async () => {
  const page = await open('/runs');
  for (const id of [4, 5]) await choose(page, id);
  await owner.post('/runs/delete', { runs: [5] });
  await row(page, 5).waitFor({ state: 'detached' });
  await bar(page).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByText('Every recorded inference, all figures').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 2 runs' }).click();
  await said(page).getByText('1 run deleted. 1 had been deleted already.').waitFor();
  await bar(page).waitFor({ state: 'detached' });
  await row(page, 4).waitFor({ state: 'detached' });
  await open('/runs/4');
  await page.getByRole('heading', { name: 'Run 4 was deleted' }).waitFor();
  await page.getByTestId('run-gone').getByText('Deleted by ada').waitFor();
  await page.getByRole('link', { name: 'Ask the same again' }).click();
  await page.getByText('Filled in from run 4').waitFor();
  await open('/compare?r=4,1,2');
  await page.getByText('Not found: 4.').waitFor();
});

test('lost server: the list stays, an action says why it failed, and works when the board is back', async () => {
  const page = await open('/runs');
  await totalIs(page, '5 runs');
  await choose(page, 1);
  await stage.product.stop('SIGKILL');
  await page
    .getByText(/Live paused/)
    .first()
    .waitFor({ timeout: 15_000 });
  await bar(page).getByRole('button', { name: 'Archive' }).click();
  await said(page).getByText('The board does not answer.').waitFor();
  await search(page).fill('policy:fcfs');
  await page.getByRole('alert').getByText('The board does not answer.').waitFor();
  await stage.restart();
  await page.getByRole('button', { name: 'Try again' }).click();
  await totalIs(page, '1 run');
  assert.deepEqual(watched.foreign, []);
});
