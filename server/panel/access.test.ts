import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { after, before, test } from 'node:test';
import { createBackoff } from './backoff.ts';
import { PERMISSIONS, type Permission, rightIn } from './permissions.ts';
import { createRouter, type Routes } from './router.ts';
import { ask, askAs, type ScratchPanel, scratchPanel } from './scratch.ts';
import type { Role } from './wire.ts';

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

test('every route answers exactly the roles that its line in the table names', async () => {
  const rank = { none: 0, viewer: 1, operator: 2, admin: 3 };
  const sessions: Record<Role | 'none', string | null> = { none: null, viewer: '', operator: '', admin: '' };
  for (const role of ['viewer', 'operator', 'admin'] as const) sessions[role] = await panel.sessionOf(role);
  for (const [door, permission] of Object.entries(PERMISSIONS) as [string, Permission][]) {
    const [method = '', path = ''] = door.split(' ');
    if (method === 'socket' || permission === 'anyone' || permission === 'machine') continue;
    for (const role of ['none', 'viewer', 'operator', 'admin'] as const) {
      if (/\/(logout|sessions)$/.test(path) && role !== 'none') continue; // it would end the session of the next lines
      const { status } = await askAs(
        panel,
        sessions[role],
        method,
        path.replace(/:\w+/, '999999'),
        method === 'GET' ? undefined : {},
      );
      const allowed = rank[role] >= rank[rightIn(permission).role];
      if (allowed) assert.ok(![401, 403, 500].includes(status), `${role} ${door}: ${status}`);
      else assert.equal(status, role === 'none' ? 401 : 403, `${role} ${door}`);
    }
  }
});

test('a route that is not in the table cannot come to life', () => {
  assert.throws(() => createRouter({ 'GET /api/v1/secret': () => ({}) } as unknown as Routes), /not in the table/);
});

const GOOD = () => ({ host: `127.0.0.1:${panel.port}`, origin: panel.url });
const EVIL: [string, () => Record<string, string>][] = [
  ['a rebound host', () => ({ host: 'evil.example' })],
  ['a rebound host with its own origin', () => ({ host: 'evil.example', origin: 'http://evil.example' })],
  ['another site', () => ({ ...GOOD(), origin: 'http://evil.example' })],
  ['a site without a name', () => ({ ...GOOD(), origin: 'null' })],
  ['another port', () => ({ ...GOOD(), origin: 'http://127.0.0.1:1' })],
  ['a name that begins alike', () => ({ ...GOOD(), origin: `${panel.url}.evil.example` })],
  ['a user in the origin', () => ({ ...GOOD(), origin: `http://evil@127.0.0.1:${panel.port}` })],
  ['two hosts in one', () => ({ host: `127.0.0.1:${panel.port},evil.example`, origin: panel.url })],
];

test('eight false hosts and origins are turned away, whoever is logged in', async () => {
  const session = await panel.sessionOf('admin');
  for (const [name, headers] of EVIL) {
    const cookie = `switchyard_session=${session}`;
    for (const [method, path] of [
      ['GET', '/api/v1/me'],
      ['POST', '/api/v1/logout'],
      ['GET', '/'],
    ] as const) {
      const { status } = await ask(
        panel,
        method,
        path,
        { ...headers(), cookie, ...json },
        method === 'POST' ? '{}' : undefined,
      );
      assert.ok(status === 421 || status === 403, `${name} ${method} ${path}: ${status}`);
    }
    for (const transport of ['polling', 'websocket'] as const) {
      const path = `/socket.io/?EIO=4&transport=${transport}`;
      const upgrade = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      };
      const reply = await ask(panel, 'GET', path, {
        ...headers(),
        cookie,
        ...(transport === 'websocket' ? upgrade : {}),
      });
      assert.ok(reply.status >= 400, `${name} ${transport}: ${reply.status}`);
    }
  }
  assert.equal(
    (await ask(panel, 'GET', '/api/v1/me', { ...GOOD(), cookie: `switchyard_session=${session}` })).status,
    200,
  );
  const own = `${hostname()}:${panel.port}`;
  assert.equal((await ask(panel, 'GET', '/healthz', { host: own })).status, 200);
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
