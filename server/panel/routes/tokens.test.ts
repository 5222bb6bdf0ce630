import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Socket } from 'socket.io-client';
import { PERMISSIONS } from '../permissions.ts';
import { resetOwner } from '../reset-owner.ts';
import { askAs, ask as bare, type ScratchPanel, scratchPanel } from '../scratch.ts';
import { ended, openSocket } from '../scratch-sockets.ts';
import type { Role, TokenAdded, TokenView, UserView } from '../wire.ts';

let panel: ScratchPanel;
const session = {} as Record<Role, string>;
const sockets: Socket[] = [];

before(async () => {
  panel = await scratchPanel();
  for (const role of ['admin', 'operator', 'viewer'] as const) session[role] = await panel.sessionOf(role);
});
after(async () => {
  for (const socket of sockets) socket.close();
  await panel.close();
});

const ask = (by: string, method: string, path: string, body?: unknown) =>
  askAs(panel, by, method, `/api/v1${path}`, body);
const create = (by: Role, asked: object) => ask(session[by], 'POST', '/tokens', asked);
const tokenOf = async (by: Role, role: Role, more = {}): Promise<TokenAdded> => {
  const reply = await create(by, { name: `for ${role}`, role, ...more });
  assert.equal(reply.status, 201, reply.text);
  return JSON.parse(reply.text);
};
const list = async (by: Role): Promise<TokenView[]> => JSON.parse((await ask(session[by], 'GET', '/tokens')).text);
const connect = async (token: string) => {
  const socket = await openSocket(panel, { authorization: `Bearer ${token}` });
  sockets.push(socket);
  return socket;
};
const STOP = '/experiments/999999/stop';

test('a token is told once, opens HTTP and the socket, and is kept as a hash', async () => {
  const made = await tokenOf('operator', 'operator');
  assert.match(made.token, /^sw_[A-Za-z0-9_-]{43}$/);
  assert.ok(made.token.startsWith(made.prefix) && made.prefix.length === 7);
  assert.deepEqual([made.user, made.role, made.lastUsedAt], ['the operator', 'operator', null]);
  assert.equal((await ask(made.token, 'POST', STOP, {})).status, 404, 'allowed, and there is no such experiment');
  const socket = await connect(made.token);
  assert.equal((await socket.emitWithAck('experiment:stop', { experiment: 999_999 })).ok, true);
  await panel.history.record.settled();
  const [listed] = await list('operator');
  assert.ok(listed && !('token' in listed) && listed.lastUsedAt !== null);
  assert.ok(!JSON.stringify(await panel.history.db.apiToken.findMany()).includes(made.token.slice(7)));
});

test('each beginning of a token, nothing, and the bare word open nothing', async () => {
  const { token } = await tokenOf('admin', 'admin');
  const statusOf = async (authorization: string) =>
    (await bare(panel, 'GET', '/api/v1/me', { host: `127.0.0.1:${panel.port}`, authorization })).status;
  assert.equal(await statusOf(`Bearer ${token}`), 200);
  for (let length = 0; length < token.length; length++)
    assert.equal(await statusOf(`Bearer ${token.slice(0, length)}`), 401, `${length} letters`);
  for (const wrong of ['', 'Bearer', token, `Basic ${token}`, `Bearer ${token}A`, `Bearer ${token} `.repeat(2)])
    assert.equal(await statusOf(wrong), 401, wrong);
  await assert.rejects(connect(token.slice(0, -1)), /log in first/);
});

test('a token may do what its role says and no more than its person, at each use', async () => {
  const above = await create('operator', { name: 'x', role: 'admin' });
  assert.deepEqual([above.status, JSON.parse(above.text).fields], [403, { role: 'is above yours' }]);
  const less = await tokenOf('admin', 'viewer');
  assert.equal((await ask(less.token, 'GET', '/runs')).status, 200);
  assert.equal((await ask(less.token, 'POST', STOP, {})).status, 403);
  const { token } = await tokenOf('operator', 'operator');
  const socket = await connect(token);
  const users: UserView[] = JSON.parse((await ask(session.admin, 'GET', '/users')).text);
  const operator = users.find(({ name }) => name === 'the operator');
  assert.equal(operator?.tokens, 2);
  await ask(session.admin, 'PUT', `/users/${operator?.id}/role`, { role: 'viewer' });
  await ended(socket);
  assert.equal((await ask(token, 'GET', '/runs')).status, 200);
  assert.equal((await ask(token, 'POST', STOP, {})).status, 403, 'its person is a viewer now');
  const again = await connect(token);
  assert.match((await again.emitWithAck('experiment:stop', { experiment: 1 })).error, /operator/);
  await ask(session.admin, 'PUT', `/users/${operator?.id}/role`, { role: 'operator' });
  session.operator = await panel.sessionOf('operator');
});

test('no token manages people, tokens or passwords, though it were an admin’s', async () => {
  const { token } = await tokenOf('admin', 'admin');
  const doors = Object.entries(PERMISSIONS).filter(([, needed]) => needed.endsWith('in person'));
  assert.ok(doors.length >= 11);
  for (const [door] of doors) {
    const [method = '', path = ''] = door.split(' ');
    const reply = await askAs(panel, token, method, path.replace(/:\w+/, '1'), method === 'GET' ? undefined : {});
    assert.deepEqual([reply.status, JSON.parse(reply.text).code], [403, 'in_person'], door);
  }
});

test('one sees and deletes one’s own, an admin everybody’s, and its sockets end at once', async () => {
  const own = await tokenOf('viewer', 'viewer');
  const other = await tokenOf('operator', 'viewer');
  assert.deepEqual(new Set((await list('viewer')).map(({ user }) => user)), new Set(['the viewer']));
  assert.ok(new Set((await list('admin')).map(({ user }) => user)).size >= 3);
  const [ownSocket, otherSocket] = [await connect(own.token), await connect(other.token)];
  assert.equal((await ask(session.viewer, 'DELETE', `/tokens/${other.id}`)).status, 404);
  assert.equal((await ask(session.viewer, 'DELETE', `/tokens/${own.id}`)).status, 200);
  await ended(ownSocket);
  assert.equal((await ask(own.token, 'GET', '/me')).status, 401);
  assert.deepEqual([otherSocket.connected, (await ask(other.token, 'GET', '/me')).status], [true, 200]);
  assert.equal((await ask(session.admin, 'DELETE', `/tokens/${other.id}`)).status, 200);
  await ended(otherSocket);
});

test('a token that is over is over, its sockets too, and stays in the list as such', async () => {
  const made = await tokenOf('viewer', 'viewer', { expiresInDays: 30 });
  assert.ok(Math.abs(Date.parse(made.expiresAt ?? '') - Date.now() - 30 * 86_400_000) < 60_000);
  const socket = await connect(made.token);
  await panel.history.db.apiToken.update({ where: { id: made.id }, data: { expiresAt: new Date(Date.now() - 1) } });
  assert.equal((await ask(made.token, 'GET', '/me')).status, 401);
  await ended(socket, 1500);
  assert.ok((await list('viewer')).some(({ id }) => id === made.id));
  for (const expiresInDays of [0, -1, 1.5, 3651, '7'])
    assert.equal((await create('viewer', { name: 'x', role: 'viewer', expiresInDays })).status, 400);
});

test('whoever is deleted, or an owner who is reset, takes their tokens along', async () => {
  const [viewers, owners] = [await tokenOf('viewer', 'viewer'), await tokenOf('admin', 'viewer')];
  const users: UserView[] = JSON.parse((await ask(session.admin, 'GET', '/users')).text);
  const viewer = users.find(({ role }) => role === 'viewer');
  await ask(session.admin, 'DELETE', `/users/${viewer?.id}`);
  assert.equal((await ask(viewers.token, 'GET', '/me')).status, 401);
  await resetOwner(panel.dataDir);
  assert.notEqual((await ask(owners.token, 'GET', '/me')).status, 200);
});
