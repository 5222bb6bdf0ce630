import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Socket } from 'socket.io-client';
import { PERMISSIONS } from '../permissions.ts';
import { askAs, ask as bare, type ScratchPanel, scratchPanel } from '../scratch.ts';
import { browserHeaders, ended, openSocket } from '../scratch-sockets.ts';
import type { SetupState } from '../wire.ts';

let panel: ScratchPanel;
let admin: string;
const sockets: Socket[] = [];

before(async () => {
  panel = await scratchPanel();
  admin = await panel.sessionOf('admin');
});
after(async () => {
  for (const socket of sockets) socket.close();
  await panel.close();
});

const open = async (openWatching: boolean) => {
  const reply = await askAs(panel, admin, 'PUT', '/api/v1/access', { openWatching });
  assert.deepEqual([reply.status, JSON.parse(reply.text)], [200, { openWatching }]);
};
const asGuest = (method: string, path: string, body?: unknown) => askAs(panel, null, method, path, body);
const guestSocket = async () => {
  const socket = await openSocket(panel, browserHeaders(panel, null));
  sockets.push(socket);
  return socket;
};
const watching = async () => (JSON.parse((await asGuest('GET', '/api/v1/setup')).text) as SetupState).watching;

test('at first nobody watches without login, and only an admin in person may change that', async () => {
  assert.equal((await asGuest('GET', '/api/v1/runs')).status, 401);
  assert.equal(await watching(), false);
  await assert.rejects(guestSocket(), /log in first/);
  const asked = { openWatching: true };
  for (const session of [await panel.sessionOf('operator'), await panel.sessionOf('viewer')])
    assert.equal((await askAs(panel, session, 'PUT', '/api/v1/access', asked)).status, 403);
  assert.equal((await asGuest('PUT', '/api/v1/access', asked)).status, 401);
  for (const wrong of [{}, { openWatching: 1 }, { openWatching: true, more: 1 }])
    assert.equal((await askAs(panel, admin, 'PUT', '/api/v1/access', wrong)).status, 400);
  assert.deepEqual(JSON.parse((await askAs(panel, admin, 'GET', '/api/v1/access')).text), { openWatching: false });
});

test('a guest gets what is a viewer’s, hears the board, and can do nothing else', async () => {
  await open(true);
  assert.equal(await watching(), true);
  assert.deepEqual(JSON.parse((await asGuest('GET', '/api/v1/me')).text), { name: '', role: 'viewer', guest: true });
  for (const [door, needed] of Object.entries(PERMISSIONS)) {
    const [method = '', path = ''] = door.split(' ');
    if (method === 'socket' || needed === 'anyone' || needed === 'machine') continue;
    const body = method === 'GET' ? undefined : {};
    const { status, text } = await asGuest(method, path.replace(/:\w+/, '999999'), body);
    if (method === 'GET' && needed === 'viewer') assert.ok(![401, 403, 500].includes(status), `${door}: ${status}`);
    else assert.deepEqual([status, JSON.parse(text).code], [403, 'guest'], door);
  }
  const socket = await guestSocket();
  assert.deepEqual(await socket.emitWithAck('watch', { run: null, fromSeq: 0 }), { ok: true });
  assert.match((await socket.emitWithAck('experiment:launch', {})).error, /log in first/);
  assert.match((await socket.emitWithAck('experiment:stop', { experiment: 1 })).error, /log in first/);
  assert.equal(socket.connected, true);
});

test('who shows a wrong token, or comes through another machine, is no guest', async () => {
  const host = `127.0.0.1:${panel.port}`;
  const statusOf = async (headers: Record<string, string>) =>
    (await bare(panel, 'GET', '/api/v1/runs', { host, ...headers })).status;
  assert.equal(await statusOf({}), 200);
  assert.equal(await statusOf({ cookie: `switchyard_session=${'x'.repeat(43)}` }), 200, 'a session that is over');
  for (const authorization of ['Bearer', 'Bearer x', `Bearer sw_${'x'.repeat(43)}`, 'x'])
    assert.equal(await statusOf({ authorization }), 401, authorization);
  assert.equal(await statusOf({ 'x-forwarded-for': '8.8.8.8' }), 401);
  assert.equal(await statusOf({ forwarded: 'for=8.8.8.8' }), 401);
});

test('behind a trusted proxy a guest is whom the proxy asks for, and cookies are those of HTTPS where it says so', async () => {
  const trustProxy = [{ address: '127.0.0.1', bits: 32, family: 'ipv4' }] as const;
  const behind = await scratchPanel(undefined, { trustProxy });
  const host = `127.0.0.1:${behind.port}`;
  const forwarded = (headers: Record<string, string>, path = '/api/v1/runs') =>
    bare(behind, 'GET', path, { host, ...headers });
  try {
    const session = await behind.sessionOf('admin');
    await behind.history.db.accessRules.create({ data: { id: 1, openWatching: true } });
    assert.equal((await forwarded({ 'x-forwarded-for': '192.168.1.5' })).status, 200);
    assert.equal((await forwarded({ 'x-forwarded-for': '8.8.8.8' })).status, 401);
    assert.equal((await forwarded({ 'x-forwarded-for': '127.0.0.1, 8.8.8.8' }, '/metrics')).status, 401);
    const secure = {
      'x-forwarded-for': '8.8.8.8',
      'x-forwarded-proto': 'https',
      cookie: `__Host-switchyard_session=${session}`,
    };
    assert.equal((await forwarded(secure)).status, 200);
    assert.equal((await forwarded({ ...secure, cookie: `switchyard_session=${session}` })).status, 401);
    const claim = { token: behind.claimToken, name: 'x', password: 'long enough' };
    const headers = {
      host,
      origin: `https://${host}`,
      'content-type': 'application/json',
      'x-forwarded-proto': 'https',
    };
    await behind.history.db.user.deleteMany();
    const claimed = await bare(behind, 'POST', '/api/v1/claim', headers, JSON.stringify(claim));
    assert.match(String(claimed.headers['set-cookie']), /^__Host-.*; Secure$/);
  } finally {
    await behind.close();
  }
});

test('turned off, every guest is out at once, and nobody else', async () => {
  const [guest, person] = [await guestSocket(), await openSocket(panel, browserHeaders(panel, admin))];
  sockets.push(person);
  await open(false);
  await ended(guest);
  assert.equal((await asGuest('GET', '/api/v1/runs')).status, 401);
  assert.equal(person.connected, true);
  await open(true);
  const another = await guestSocket();
  await panel.history.db.accessRules.update({ where: { id: 1 }, data: { openWatching: false } });
  await ended(another, 1500);
});
