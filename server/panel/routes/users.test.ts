import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Socket } from 'socket.io-client';
import { askAs, type ScratchPanel, scratchPanel } from '../scratch.ts';
import { browserHeaders, ended, openSocket } from '../scratch-sockets.ts';
import type { Role, UserAdded, UserView } from '../wire.ts';

const PASSWORD = 'a password of bob';
const SECOND = 'another one of bob';
let panel: ScratchPanel;
let owner: string;
const sockets: Socket[] = [];

before(async () => {
  panel = await scratchPanel();
  owner = await panel.sessionOf('admin'); // as the owner
});
after(async () => {
  for (const socket of sockets) socket.close();
  await panel.close();
});

const ask = (method: string, path: string, body?: unknown, session = owner) =>
  askAs(panel, session, method, `/api/v1${path}`, body);
const list = async (): Promise<UserView[]> => JSON.parse((await ask('GET', '/users')).text);
const add = async (name: string, role: Role, password: string | null = PASSWORD): Promise<UserAdded> => {
  const reply = await ask('POST', '/users', { name, role, password });
  assert.equal(reply.status, 201, reply.text);
  return JSON.parse(reply.text);
};
const logIn = (name: string, password: string, more = {}) =>
  askAs(panel, null, 'POST', '/api/v1/login', { name, password, ...more });
const sessionIn = (reply: Awaited<ReturnType<typeof logIn>>): string =>
  /switchyard_session=([^;]+)/.exec(String(reply.headers['set-cookie']))?.[1] ?? '';
const statusOf = async (session: string) => (await ask('GET', '/me', undefined, session)).status;

async function comeIn(name: string, password = PASSWORD) {
  const reply = await logIn(name, password);
  assert.equal(reply.status, 200, reply.text);
  const session = sessionIn(reply);
  const socket = await openSocket(panel, browserHeaders(panel, session));
  sockets.push(socket);
  return { session, socket };
}

test('an admin adds a person, who comes in with the role that was given', async () => {
  const bob = await add('  Bob ', 'operator');
  assert.deepEqual(
    [bob.name, bob.role, bob.owner, bob.initial, bob.initialPassword],
    ['Bob', 'operator', false, false, null],
  );
  const { session } = await comeIn('Bob');
  assert.deepEqual(JSON.parse((await ask('GET', '/me', undefined, session)).text), { name: 'Bob', role: 'operator' });
  const [first, second] = await list();
  assert.deepEqual([first?.owner, second?.name, second?.sessions], [true, 'Bob', 1]);
  assert.ok(!JSON.stringify(await list()).includes('scrypt'), 'nobody is told a hash');
  for (const name of ['bob', 'BOB', 'Ｂｏｂ']) {
    const reply = await ask('POST', '/users', { name, role: 'viewer', password: PASSWORD });
    assert.deepEqual([reply.status, JSON.parse(reply.text).fields], [409, { name: 'is taken' }], name);
  }
  for (const wrong of [
    { name: '', role: 'viewer' },
    { name: 'a\u202eb', role: 'viewer' },
    { name: 'x', role: 'owner' },
    { name: 'x', role: 'viewer', password: 'short' },
    { name: 'x', role: 'viewer', owner: true },
  ])
    assert.equal((await ask('POST', '/users', wrong)).status, 400, JSON.stringify(wrong));
});

test('an initial password opens nothing but the choice of one’s own, once', async () => {
  const { initialPassword, initial } = await add('carol', 'viewer', null);
  assert.match(initialPassword ?? '', /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  assert.equal(initial, true);
  const refused = await logIn('carol', initialPassword ?? '');
  assert.deepEqual([refused.status, JSON.parse(refused.text).code], [403, 'password_change_required']);
  assert.equal(refused.headers['set-cookie'], undefined);
  const own = { newPassword: 'carol’s own words' };
  assert.equal((await logIn('carol', initialPassword ?? '', { newPassword: initialPassword })).status, 400);
  assert.equal((await logIn('carol', 'not the initial one', own)).status, 401);
  assert.equal((await logIn('carol', initialPassword ?? '', own)).status, 200);
  assert.equal((await logIn('carol', initialPassword ?? '', own)).status, 401, 'it is used up');
  assert.equal((await logIn('carol', own.newPassword, { newPassword: 'yet another one' })).status, 400);
  assert.equal((await logIn('carol', own.newPassword)).status, 200);
  assert.equal((await list()).find(({ name }) => name === 'carol')?.initial, false);
});

test('another role, a new password and deletion each put a person out at once, sockets included, and no one else', async () => {
  const dora = await add('dora', 'operator');
  const bystander = await comeIn('Bob');
  const once = await comeIn('dora');
  assert.equal((await ask('PUT', `/users/${dora.id}/role`, { role: 'viewer' })).status, 200);
  await ended(once.socket);
  assert.equal(await statusOf(once.session), 401);
  const twice = await comeIn('dora');
  const launch = await twice.socket.emitWithAck('experiment:stop', { experiment: 1 });
  assert.match(launch.error, /operator/);
  assert.equal((await ask('PUT', `/users/${dora.id}/password`, { password: SECOND })).status, 200);
  await ended(twice.socket);
  assert.equal(await statusOf(twice.session), 401);
  assert.equal((await logIn('dora', PASSWORD)).status, 401);
  const thrice = await comeIn('dora', SECOND);
  assert.equal((await ask('DELETE', `/users/${dora.id}`)).status, 200);
  await ended(thrice.socket);
  assert.equal(await statusOf(thrice.session), 401);
  assert.equal((await logIn('dora', SECOND)).status, 401);
  assert.equal((await ask('DELETE', `/users/${dora.id}`)).status, 404);
  assert.deepEqual([await statusOf(bystander.session), bystander.socket.connected], [200, true]);
});

test('nobody changes the owner, and no admin themselves: an admin is always left', async () => {
  const [ada] = await list();
  await add('emil', 'admin');
  const emil = (await list()).find(({ name }) => name === 'emil');
  const session = sessionIn(await logIn('emil', PASSWORD));
  const changes = (id = 0) =>
    [
      ['PUT', `/users/${id}/role`, { role: 'viewer' }],
      ['PUT', `/users/${id}/password`, { password: SECOND }],
      ['DELETE', `/users/${id}`, undefined],
    ] as const;
  for (const [method, path, body] of changes(ada?.id)) {
    const reply = await ask(method, path, body, session);
    assert.deepEqual([reply.status, JSON.parse(reply.text).code], [403, 'owner'], `${method} ${path}`);
  }
  for (const [method, path, body] of changes(emil?.id))
    assert.equal((await ask(method, path, body, session)).status, 409, `${method} ${path}`);
  for (const id of ['0', '-1', '1e3', '999999', '1%20', '../1'])
    assert.equal((await ask('DELETE', `/users/${id}`, undefined, session)).status, 404, id);
  assert.equal(await statusOf(session), 200);
});

test('what an admin has asked for is not done once they are none any more', async () => {
  const emil = (await list()).find(({ name }) => name === 'emil');
  const session = sessionIn(await logIn('emil', PASSWORD));
  const moment = () => new Promise((resolve) => setTimeout(resolve, 30));
  const first = ask('POST', '/users', { name: 'frida', role: 'viewer', password: PASSWORD }); // which takes a hash
  await moment();
  const taken = ask('PUT', `/users/${emil?.id}/role`, { role: 'viewer' });
  await moment();
  const late = Array.from({ length: 5 }, (_, i) =>
    ask('POST', '/users', { name: `friend ${i}`, role: 'admin', password: PASSWORD }, session),
  );
  assert.deepEqual([(await first).status, (await taken).status], [201, 200]);
  assert.deepEqual(
    (await Promise.all(late)).map(({ status }) => status),
    [401, 401, 401, 401, 401],
  );
});
