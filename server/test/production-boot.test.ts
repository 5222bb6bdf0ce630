import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import type { SetupState } from '../panel/wire.ts';
import { claim, OWNER, personAt, root, startProduct, temporaryFolder, until } from './product.ts';

test('npm start --ready-json: the first line is the address, the panel and the API answer, nothing else is said on standard output', async () => {
  const folder = temporaryFolder();
  const product = await startProduct(folder.path, ['npm', '--silent', 'start', '--', '--ready-json']);
  try {
    assert.equal(product.ready.url, `http://127.0.0.1:${product.ready.port}`);
    assert.match(product.ready.claimToken ?? '', /^[0-9a-f-]{32,}$/);
    const page = await fetch(product.ready.url, { headers: { accept: 'text/html' } });
    assert.equal(page.status, 200);
    const scripts = [...(await page.text()).matchAll(/<script[^>]+src="([^"]+)"/g)].map(([, src]) => src);
    for (const script of scripts) assert.equal((await fetch(product.ready.url + script)).status, 200, script);
    const { claimed, version, insecure } = (await (
      await fetch(`${product.ready.url}/api/v1/setup`)
    ).json()) as SetupState;
    assert.deepEqual({ claimed, version, insecure }, { claimed: false, version: '0.1.0', insecure: false });
    assert.equal(product.output().trim().split('\n').length, 1);
  } finally {
    assert.equal((await product.stop()).code, 0);
    folder.remove();
  }
});

test('one data folder has one server', async () => {
  const folder = temporaryFolder();
  const first = await startProduct(folder.path);
  await assert.rejects(startProduct(folder.path), /ended with code [1-9]/);
  await first.stop();
  folder.remove();
});

test('a lost owner is recovered on the console, while the server runs', async () => {
  const folder = temporaryFolder();
  const product = await startProduct(folder.path);
  const ada = await claim(product);
  const { stdout, status } = spawnSync(process.execPath, ['scripts/switchyard.mjs', 'reset-owner'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: folder.path },
  });
  assert.equal(status, 0);
  const token = /[0-9a-f]{8}(?:-[0-9a-f]{8}){3}/.exec(stdout)?.[0];
  await until(async () => ((await ada.ask('GET', '/me')).ok ? undefined : true), 'the end of the old session', 3000);
  const again = personAt(product.ready.url);
  assert.equal((await again.ask('POST', '/login', OWNER)).ok, false, 'the old password is gone');
  assert.deepEqual(await again.post('/claim', { token, name: OWNER.name, password: 'another good password' }), {
    name: 'ada',
    role: 'admin',
  });
  await product.stop();
  folder.remove();
});
