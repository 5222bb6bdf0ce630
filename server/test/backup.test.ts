import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ExperimentView, Page } from '../panel/wire.ts';
import {
  claim,
  linesOf,
  OWNER,
  personAt,
  posterRequest,
  root,
  startProduct,
  temporaryFolder,
  whenOver,
} from './product.ts';

// As a person does it: the built server, the command line beside it, a restart.

const place = temporaryFolder();
after(place.remove);
const dataDir = join(place.path, 'data');

function call(args: readonly string[], input?: Buffer, of = dataDir) {
  const program = join(root, 'scripts/switchyard.mjs');
  const env = { ...process.env, DATA_DIR: of };
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...args], {
    ...{ cwd: place.path, env, input, maxBuffer: 1024 ** 3 },
  });
  return { stdout, said: stderr.toString(), status };
}

async function loggedIn(url: string) {
  const person = personAt(url);
  await person.post('/login', OWNER);
  return person;
}
const namesAt = async (url: string): Promise<string[]> => {
  const person = await loggedIn(url);
  return (await person.get<Page<ExperimentView>>('/experiments')).items.map(({ name }) => name);
};

test('a backup taken while a run goes on is restored at the next start, or at once without a server', async (t) => {
  let product = await startProduct(dataDir);
  t.after(() => product.stop('SIGKILL'));
  const person = await claim(product);
  const first = await person.post<ExperimentView>('/experiments', posterRequest(1, { name: 'first' }));
  await whenOver(person, first.id);
  const [run] = first.runs;
  assert.ok(run);
  const rows = await linesOf(person, run.id);
  assert.equal(rows.length, 3);
  await person.post<ExperimentView>('/experiments', posterRequest(40, { name: 'goes on' }));

  const made = call(['backup', 'kept.tar']);
  assert.equal(made.status, 0, made.said);
  assert.match(made.said, /kept\.tar is whole: experiments 2, runs 2, models 0/);
  assert.equal(statSync(join(place.path, 'kept.tar')).mode & 0o777, 0o600);
  assert.equal(call(['backup', 'kept.tar']).status, 2, 'no file is overwritten');
  const piped = call(['backup', '-']);
  assert.equal(piped.status, 0, piped.said);

  await person.post<ExperimentView>('/experiments', posterRequest(1, { name: 'later' }));
  const restored = call(['restore', 'kept.tar']);
  assert.match(restored.said, /takes the place of the data when the server that runs is started again/);
  assert.deepEqual(await namesAt(product.ready.url), ['later', 'goes on', 'first']);
  assert.equal((await product.stop()).code, 0);

  product = await startProduct(dataDir);
  assert.match(product.log(), /restored the backup of .* \(experiments: 2, runs: 2\)/);
  assert.deepEqual(await namesAt(product.ready.url), ['goes on', 'first']);
  const again = await loggedIn(product.ready.url);
  assert.deepEqual(await linesOf(again, run.id), rows);
  const { items } = await again.get<Page<ExperimentView>>('/experiments');
  assert.equal(items[0]?.status, 'interrupted');
  assert.equal((await product.stop()).code, 0);

  const damaged = readFileSync(join(place.path, 'kept.tar')).subarray(0, 9000);
  const refused = call(['restore', '-'], damaged);
  assert.deepEqual([refused.status, refused.said.trim().split('\n').length], [1, 1]);
  assert.match(refused.said, /damaged or cut off .*; nothing was changed/);
  const atOnce = call(['restore', '-'], piped.stdout);
  assert.match(atOnce.said, /restored the backup of .*copies\/before-restore-/);
  assert.equal(readdirSync(join(dataDir, 'copies')).length, 2);

  const elsewhere = join(place.path, 'another board');
  assert.match(call(['restore', 'kept.tar'], undefined, elsewhere).said, /restored the backup/);
  const other = await startProduct(elsewhere);
  t.after(() => other.stop('SIGKILL'));
  const newOwner = await claim(other);
  assert.deepEqual(await linesOf(newOwner, run.id), rows, 'whoever claims the other board has the runs');
});
