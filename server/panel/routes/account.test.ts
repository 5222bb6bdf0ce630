import assert from 'node:assert/strict';
import { after, before as first, test } from 'node:test';
import { io, type Socket } from 'socket.io-client';
import { hashPassword } from '../passwords.ts';
import { askAs, type ScratchPanel, scratchPanel } from '../scratch.ts';
import type { Found } from '../wire.ts';

let panel: ScratchPanel;
let before: Found;
const sockets: Socket[] = [];
const FIRST = 'the first password';
const SECOND = 'the second password';

first(async () => {
  panel = await scratchPanel();
  before = JSON.parse((await askAs(panel, null, 'GET', '/api/v1/found')).text);
  const claim = { token: panel.claimToken, name: 'ada', password: FIRST };
  assert.equal((await askAs(panel, null, 'POST', '/api/v1/claim', claim)).status, 200);
});
after(async () => {
  for (const socket of sockets) socket.close();
  await panel.close();
});

async function logIn(password: string): Promise<string | null> {
  const reply = await askAs(panel, null, 'POST', '/api/v1/login', { name: 'ada', password });
  return /switchyard_session=([^;]+)/.exec(String(reply.headers['set-cookie']))?.[1] ?? null;
}
const change = (session: string, old: string, password: string) =>
  askAs(panel, session, 'PUT', '/api/v1/password', { old, password });
const statusOf = async (session: string) => (await askAs(panel, session, 'GET', '/api/v1/me')).status;

function connect(session: string): Promise<Socket> {
  const extraHeaders = { origin: panel.url, cookie: `switchyard_session=${session}` };
  const socket = io(panel.url, { transports: ['websocket'], extraHeaders, forceNew: true, reconnection: false });
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.on('connect', () => resolve(socket));
    socket.on('connect_error', reject);
  });
}
/** Within less than the sweep of ended sessions takes. */
const endsAtOnce = (socket: Socket) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the socket stayed open')), 200);
    const ended = () => {
      clearTimeout(timer);
      resolve();
    };
    if (!socket.connected) ended();
    else socket.once('disconnect', ended);
  });

test('what is there to be claimed is told until it is claimed, and to nobody after that', async () => {
  assert.deepEqual(
    before.boards.find(({ id }) => id === 'tinker')?.units.map(({ id }) => id),
    ['tinker.cpu', 'tinker.ncs2', 'tinker.coral', 'tinker.npu'],
  );
  assert.deepEqual(before.addresses, [], 'only this machine can open it');
  assert.equal((await askAs(panel, null, 'GET', '/api/v1/found')).status, 404);
});

test('a password is not changed without the old one, nor to one that is too short', async () => {
  const session = (await logIn(FIRST)) ?? '';
  const wrong = await change(session, 'not the first', SECOND);
  assert.equal(wrong.status, 403);
  assert.deepEqual(JSON.parse(wrong.text), {
    ...{ error: 'the present password is not right', code: 'wrong_password', fields: { old: 'is not right' } },
  });
  assert.equal((await change(session, FIRST, 'nine char')).status, 400);
  assert.equal(await statusOf(session), 200);
  assert.notEqual(await logIn(FIRST), null);
});

test('a new password ends every other session of its user at once, sockets included, and no one else’s', async () => {
  const [own, other] = [(await logIn(FIRST)) ?? '', (await logIn(FIRST)) ?? ''];
  const stranger = await panel.sessionOf('viewer');
  const [ownSocket, otherSocket] = await Promise.all([connect(own), connect(other)]);
  assert.equal((await change(own, FIRST, SECOND)).status, 200);
  await endsAtOnce(otherSocket);
  assert.deepEqual(await Promise.all([own, other, stranger].map(statusOf)), [200, 401, 200]);
  assert.equal(ownSocket.connected, true);
  assert.equal(await logIn(FIRST), null);
  assert.notEqual(await logIn(SECOND), null);
});

test('a login with the old password that was under way while it changed comes to nothing', async () => {
  const where = { name: 'ada' };
  const { password } = await panel.history.db.user.findUniqueOrThrow({ where });
  const third = await hashPassword('a third password');
  const late = logIn(SECOND);
  await new Promise((resolve) => setTimeout(resolve, 30)); // it looks at the old hash for a tenth of a second
  await panel.history.db.user.update({ where, data: { password: third } });
  assert.equal(await late, null);
  await panel.history.db.user.update({ where, data: { password } });
  assert.notEqual(await logIn(SECOND), null);
});

test('whoever logs out everywhere is out everywhere, here as well', async () => {
  const [own, other] = [(await logIn(SECOND)) ?? '', (await logIn(SECOND)) ?? ''];
  const socket = await connect(other);
  const ended = endsAtOnce(socket);
  const reply = await askAs(panel, own, 'DELETE', '/api/v1/sessions');
  assert.match(String(reply.headers['set-cookie']), /switchyard_session=;.*Max-Age=0/);
  await ended;
  assert.deepEqual(await Promise.all([own, other].map(statusOf)), [401, 401]);
});

test('a hash from when hashes cost less is made anew at the next login, and nobody is put out', async () => {
  const { scryptSync } = await import('node:crypto');
  const salt = Buffer.alloc(16, 7);
  const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  const hash = scryptSync(SECOND, salt, 32, { N: 2 ** 14, r: 8, p: 1 });
  const cheap = `$scrypt$ln=14,r=8,p=1$${unpadded(salt)}$${unpadded(hash)}`;
  const where = { name: 'ada' };
  await panel.history.db.user.update({ where, data: { password: cheap } });
  const both = await Promise.all([logIn(SECOND), logIn(SECOND)]);
  const { password } = await panel.history.db.user.findUniqueOrThrow({ where });
  assert.match(password ?? '', /^\$scrypt\$ln=15,r=8,p=3\$/);
  assert.deepEqual(await Promise.all(both.map((session) => statusOf(session ?? ''))), [200, 200]);
  assert.notEqual(await logIn(SECOND), null);
  const kept = await panel.history.db.user.findUniqueOrThrow({ where });
  assert.equal(kept.password, password, 'once');
  const anew = await hashPassword(SECOND);
  const late = logIn(SECOND);
  await new Promise((resolve) => setTimeout(resolve, 30)); // it looks at the former hash of the same password
  await panel.history.db.user.update({ where, data: { password: anew } });
  assert.notEqual(await late, null);
});

test('of a hundred and more sessions of one person those longest unused end', async () => {
  const { id } = await panel.history.db.user.findUniqueOrThrow({ where: { name: 'ada' } });
  await panel.history.db.session.deleteMany({ where: { userId: id } });
  const at = Date.now() - 3_600_000;
  const made = (n: number) => ({
    hash: `session ${n}`,
    userId: id,
    createdAt: new Date(at),
    lastSeenAt: new Date(at + n),
  });
  await panel.history.db.session.createMany({ data: Array.from({ length: 105 }, (_, n) => made(n)) });
  const stranger = await panel.sessionOf('viewer');
  assert.equal(await statusOf((await logIn(SECOND)) ?? ''), 200);
  const left = await panel.history.db.session.findMany({ where: { userId: id }, orderBy: { lastSeenAt: 'asc' } });
  assert.deepEqual([left.length, left[0]?.hash], [100, 'session 6']);
  assert.equal(await statusOf(stranger), 200);
  await panel.history.db.session.deleteMany({ where: { hash: { startsWith: 'session ' } } });
});

test('guessing the old password is slowed down', async () => {
  const session = (await logIn(SECOND)) ?? '';
  const tries = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => change(session, `guess ${n}`, FIRST)));
  assert.deepEqual(tries.map(({ status }) => status).sort(), [403, 403, 403, 403, 403, 429]);
});
