import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ExperimentView } from '../panel/wire.ts';
import { compiledShim } from './power-cut/trial.ts';
import {
  claim,
  linesOf,
  OWNER,
  type Person,
  type Product,
  personAt,
  posterRequest,
  startProduct,
  temporaryFolder,
  until,
  whenOver,
} from './product.ts';
import { noSmallDisk, openSmallDisk } from './small-disk.ts';

// A disk that fills, and one that becomes one for reading only: what is kept can be read, the process stays, and all is well again
// by itself.

const folder = temporaryFolder();
after(folder.remove);
const shim = compiledShim(folder.path);

const READS = ['/runs', '/board', '/experiments/1', '/runs/1', '/runs/1/jobs', '/storage', '/units'];

async function readsWork(person: Person): Promise<void> {
  for (const path of READS) assert.equal((await person.ask('GET', path)).status, 200, path);
}
const launch = (person: Person, jobs: number) =>
  person.post<ExperimentView>('/experiments', posterRequest(jobs, { name: `of ${jobs}` }));
const refusal = async (response: Response) => [response.status, ((await response.json()) as { error: string }).error];
const becomesReady = ({ ready }: Product) =>
  until(async () => (await fetch(`${ready.url}/readyz`)).ok || undefined, 'readiness');

test('a disk that fills refuses new runs first; when nothing fits any more, runs end and are read, and later all is kept', {
  skip: noSmallDisk,
}, async (t) => {
  const disk = await openSmallDisk(join(folder.path, 'full'), 280);
  t.after(disk.close);
  let product = await disk.start();
  t.after(() => product.stop('SIGKILL'));
  const person = await claim(product);
  await whenOver(person, (await launch(person, 1)).id);

  const finishes = await launch(person, 2);
  disk.fill(100 * 1024 ** 2);
  const [status, said] = await refusal(await person.ask('POST', '/experiments', posterRequest(1)));
  assert.equal(status, 503);
  assert.match(String(said), /^the disk has only \d+ MB left; delete something before the next run$/);
  const over = await whenOver(person, finishes.id);
  assert.equal(over.status, 'done', 'what ran went on');
  assert.equal((await linesOf(person, over.runs[0]!.id)).length, 6); // it has one

  disk.empty();
  const goesOn = await launch(person, 12);
  await until(async () => (await linesOf(person, goesOn.runs[0]!.id)).length > 0 || undefined, 'the first rows');
  await until(async () => disk.has('reserve') || undefined, 'the reserve');
  disk.fill(0);
  assert.equal((await personAt(product.ready.url).ask('POST', '/login', OWNER)).status, 200, 'people come in');
  assert.equal(disk.has('reserve'), false);
  assert.equal((await person.ask('POST', '/runs/delete', { runs: [2] })).status, 200, 'and can delete');
  disk.fill(0);
  await until(async () => ((await fetch(`${product.ready.url}/readyz`)).ok ? undefined : true), 'the first refusal');
  await readsWork(person);
  assert.equal((await person.ask('POST', '/presets', { name: 'x', spec: posterRequest(1) })).status, 507);
  await new Promise((resolve) => setTimeout(resolve, 7000)); // the run ends, and its end is not taken
  await readsWork(person);
  disk.empty();
  await becomesReady(product);
  const ended = await whenOver(person, goesOn.id, 20_000);
  assert.ok(['done', 'failed'].includes(ended.status), ended.status);
  assert.equal((await whenOver(person, (await launch(person, 1)).id)).status, 'done');
  assert.deepEqual([product.child.exitCode, product.log().match(/fault that nobody caught/)], [null, null]);

  await until(async () => disk.has('reserve') || undefined, 'the reserve again', 70_000);
  assert.equal((await product.stop()).code, 0);
  disk.fill(0);
  product = await disk.start();
  await readsWork(personAt(product.ready.url, person.cookie()));
});

test('a disk for reading only: reads work, writes are refused in a sentence, and all is well again by itself', {
  skip: shim ? false : 'gcc is not installed here',
}, async (t) => {
  const dataDir = join(folder.path, 'read-only');
  const refuse = join(folder.path, 'refuse');
  const preload = { LD_PRELOAD: shim ?? '', POWER_CUT_FOLDER: dataDir, POWER_CUT_REFUSE: refuse };
  const assignments = Object.entries(preload).map(([name, value]) => `${name}=${value}`);
  const product = await startProduct(dataDir, [
    'env',
    ...assignments,
    process.execPath,
    'dist/server.js',
    '--ready-json',
  ]);
  t.after(() => product.stop('SIGKILL'));
  const person = await claim(product);
  await whenOver(person, (await launch(person, 1)).id);
  writeFileSync(refuse, '');
  const answers = [];
  for (let i = 0; i < 3; i++) answers.push(await refusal(await person.ask('POST', '/experiments', posterRequest(1))));
  for (const [status, said] of answers)
    assert.match(`${status} ${said}`, /^507 the disk refuses to write: what is kept can be read/);
  await readsWork(person);
  assert.equal((await fetch(`${product.ready.url}/readyz`)).status, 503);
  rmSync(refuse);
  await becomesReady(product);
  assert.equal((await whenOver(person, (await launch(person, 1)).id)).status, 'done');
  assert.deepEqual([product.child.exitCode, product.log().match(/fault that nobody caught/)], [null, null]);
});
