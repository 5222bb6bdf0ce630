import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { after, before, test } from 'node:test';
import { createBackoff } from './backoff.ts';
import { PERMISSIONS } from './permissions.ts';
import { createRouter, type Routes } from './router.ts';
import { ask, askAs, type ScratchPanel, scratchPanel } from './scratch.ts';

let panel: ScratchPanel;
before(async () => {
  panel = await scratchPanel();
});
after(() => panel.close());

const json = { 'content-type': 'application/json' };

test('before the claim every door but setup, claim and health is shut', async () => {
  for (const [door, permission] of Object.entries(PERMISSIONS)) {
    const [method = '', path = ''] = door.split(' ');
    if (method === 'socket' || permission === 'anyone' || permission === 'machine') continue;
    const { status, text } = await askAs(panel, null, method, path.replace(/:\w+/, '1'), {});
    assert.equal(status, 403, door);
    assert.equal(JSON.parse(text).code, 'setup_required', door);
  }
});

test('of fifty claims at once exactly one wins, and the token is used up', async () => {
  const claim = (name: string, token = panel.claimToken) =>
    askAs(panel, null, 'POST', '/api/v1/claim', { token, name, password: 'long enough' });
  assert.equal((await claim('wrong', `${panel.claimToken}0`)).status, 403);
  const replies = await Promise.all(Array.from({ length: 50 }, (_, i) => claim(`owner-${i}`)));
  assert.equal(replies.filter((reply) => reply.status === 200).length, 1);
  assert.equal(await panel.history.db.user.count(), 1);
  const winner = replies.find((reply) => reply.status === 200);
  assert.match(String(winner?.headers['set-cookie']), /HttpOnly; SameSite=Strict/);
  await panel.history.db.user.deleteMany();
  assert.notEqual((await claim('late')).status, 200);
});

test('a route that is not in the table cannot come to life', () => {
  assert.throws(() => createRouter({ 'GET /api/v1/secret': () => ({}) } as unknown as Routes), /not in the table/);
});

test('headers and spellings that open doors elsewhere open none here', async () => {
  await panel.sessionOf('admin'); // from here on the board has an owner
  const host = `127.0.0.1:${panel.port}`;
  const headers: Record<string, string>[] = [
    { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
    { 'x-middleware-subrequest': 'src/middleware:src/middleware:src/middleware' },
    { 'x-original-url': '/healthz' },
    { 'x-rewrite-url': '/healthz' },
    { 'x-forwarded-host': host, 'x-forwarded-for': '127.0.0.1' },
    { 'x-http-method-override': 'GET', 'x-method-override': 'GET' },
    { 'next-action': '0'.repeat(40), rsc: '1' },
    { 'user-agent': 'curl/8', 'x-requested-with': 'XMLHttpRequest' },
    { cookie: 'switchyard_session=; switchyard_session=' },
    { authorization: 'Bearer null' },
    { authorization: 'Bearer undefined' },
    { authorization: `Bearer ${'A'.repeat(43)}` },
  ];
  for (const each of headers) {
    const { status } = await ask(panel, 'GET', '/api/v1/runs', { host, ...each });
    assert.equal(status, 401, JSON.stringify(each));
  }
  const paths = ['//api/v1/runs', '/api/v1/runs/', '/API/v1/runs', '/api/v1/./runs', '/api/v1/%72uns', '/api//v1/runs'];
  const more = [
    '/api/v1/runs;x',
    '/api/v1/runs%2f',
    '/api/v1/healthz/../runs',
    '/healthz/../api/v1/runs',
    '/%61pi/v1/runs',
  ];
  for (const path of [...paths, ...more]) {
    const { status } = await ask(panel, 'GET', path, { host });
    assert.ok(status >= 300, `${path}: ${status}`);
  }
});

test('the board is asked for by its own name', async () => {
  assert.equal((await ask(panel, 'GET', '/healthz', { host: `${hostname()}:${panel.port}` })).status, 200);
});

test('what changes something needs an origin or a token, and JSON', async () => {
  const session = await panel.sessionOf('operator');
  const cookie = `switchyard_session=${session}`;
  const host = `127.0.0.1:${panel.port}`;
  const path = '/api/v1/experiments/1/stop';
  assert.equal((await ask(panel, 'POST', path, { host, cookie, ...json }, '{}')).status, 403);
  const proxied = { host, cookie, origin: `https://${host}`, ...json };
  assert.notEqual((await ask(panel, 'POST', path, proxied, '{}')).status, 403, 'a proxy took the encryption off');
  const form = { host, cookie, origin: panel.url, 'content-type': 'text/plain' };
  assert.equal((await ask(panel, 'POST', '/api/v1/experiments', form, '{}')).status, 415);
  const wide = { host, authorization: `Bearer ${session}`, 'content-type': 'application/json' };
  assert.equal((await ask(panel, 'POST', '/api/v1/experiments', wide, ' '.repeat(2_000_000))).status, 413);
  const polluted = await ask(panel, 'POST', '/api/v1/experiments', wide, '{"__proto__":{"role":"admin"}}');
  assert.equal(polluted.status, 400);
  for (const prefix of ['', 'x', session.slice(0, 20), `${session}x`])
    assert.equal(
      (await ask(panel, 'GET', '/api/v1/me', { host, authorization: `Bearer ${prefix}` })).status,
      401,
      prefix,
    );
});

test('a session that was logged out is out at once', async () => {
  const session = await panel.sessionOf('viewer');
  assert.equal((await askAs(panel, session, 'GET', '/api/v1/me')).status, 200);
  assert.equal((await askAs(panel, session, 'POST', '/api/v1/logout', {})).status, 200);
  assert.equal((await askAs(panel, session, 'GET', '/api/v1/me')).status, 401);
  const kept = JSON.stringify(await panel.history.db.session.findMany());
  assert.ok(!kept.includes(session), 'only the hash is kept');
});

test('guessing is slowed down: five free, then 1, 2, 4 … 60 s, and forgotten', () => {
  let nowMs = 0;
  const backoff = createBackoff(() => nowMs);
  const waits: number[] = [];
  for (let i = 0; i < 5; i++) assert.equal(backoff.attempt('ip'), 0);
  for (let i = 0; i < 8; i++) {
    const wait = backoff.attempt('ip');
    waits.push(wait);
    nowMs += wait * 1000;
    assert.equal(backoff.attempt('ip'), 0);
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
  assert.equal(backoff.attempt('another'), 0);
  backoff.succeeded('ip');
  assert.equal(backoff.attempt('ip'), 0);
});

test('paths that try to climb out reach nothing', async () => {
  const session = await panel.sessionOf('admin');
  const forms = [
    '..',
    '%2e%2e',
    '..%2f..%2fclaim',
    '%2e%2e%2fclaim',
    '..\\claim',
    '%00',
    '%c0%ae',
    '....//',
    '%252e%252e',
    '1%2f..%2f2',
    '1;',
    '1#',
    '%zz',
  ];
  for (const form of forms)
    for (const base of ['/api/v1/runs/', '/api/v1/pictures/', '/api/v1/experiments/', '/']) {
      const { status, text } = await askAs(panel, session, 'GET', `${base}${form}`);
      assert.ok(status >= 400 && status !== 500, `${base}${form}: ${status}`);
      assert.ok(!text.includes(panel.claimToken));
    }
});

test('a full disk is said to be one, and not a fault of ours', async () => {
  const session = await panel.sessionOf('operator');
  const write = panel.history.record.write;
  panel.history.record.write = () =>
    Promise.reject(new Error('Invalid `x()`:\n\nSQLITE_FULL: database or disk is full'));
  try {
    const table = { units: [{ id: 'a' }], models: ['x'], latencyMs: { a: { x: 1 } } };
    const reply = await askAs(panel, session, 'POST', '/api/v1/boards', { name: 'Mine', table });
    assert.deepEqual([reply.status, JSON.parse(reply.text).code], [507, 'disk_full']);
    assert.doesNotMatch(reply.text, /SQLITE|Invalid/);
  } finally {
    panel.history.record.write = write;
  }
});
