import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ExperimentView, TokenAdded, UserAdded } from '../panel/wire.ts';
import {
  type Person,
  type Product,
  personAt,
  posterRequest,
  startProduct,
  temporaryFolder,
  whenOver,
} from './product.ts';

// What opens a door is nowhere in the clear: not in the data folder, not in what the server says, not in what is sent along
// when somebody asks for help; and nothing of the data folder is a page.

const folder = temporaryFolder();
let product: Product;
let owner: Person;
/** What must not be found, by what it is. */
const secrets = new Map<string, string>();
const marker = (what: string): string => {
  const secret = `${what.replaceAll(' ', '-')}-${randomBytes(12).toString('hex')}`;
  secrets.set(what, secret);
  return secret;
};

before(async () => {
  product = await startProduct(folder.path);
  const { url, claimToken } = product.ready;
  owner = personAt(url);
  const first = marker('owner password');
  await owner.post('/claim', { token: claimToken, name: 'ada', password: first });
  secrets.set('claim token', claimToken ?? '');
  await owner.ask('POST', '/login', { name: 'ada', password: marker('wrong password') });
  await owner.ask('PUT', '/password', { old: first, password: marker('next password') });
  await owner.post('/users', { name: 'bob', role: 'operator', password: marker('password of bob') });
  const { initialPassword } = await owner.post<UserAdded>('/users', { name: 'eve', role: 'viewer' });
  secrets.set('initial password', initialPassword ?? '');
  const { token } = await owner.post<TokenAdded>('/tokens', { name: 'ci', role: 'admin', expiresInDays: 7 });
  secrets.set('API token', token);
  const bearer = { authorization: `Bearer ${token}` };
  assert.equal((await fetch(`${url}/api/v1/me?token=x`, { headers: bearer })).status, 200);
  const bob = personAt(url);
  await bob.post('/login', { name: 'bob', password: secrets.get('password of bob') });
  await bob.ask('GET', `/runs?q=${marker('question')}`); // what is asked is nobody's business either
  for (const [who, person] of [
    ['ada', owner],
    ['bob', bob],
  ] as const)
    secrets.set(`session of ${who}`, person.cookie().split('=')[1] ?? '');
  await owner.ask('POST', '/experiments', { units: [marker('malformed request')] });
  const { id } = await bob.post<ExperimentView>('/experiments', posterRequest(3));
  await whenOver(owner, id);
});
after(async () => {
  await product?.stop();
  folder.remove();
});

const filesIn = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inner = join(path, entry.name);
    return entry.isDirectory() ? filesIn(inner) : [inner];
  });
/** In the clear, or as a hexadecimal or base64 spelling of it. */
const holds = (bytes: Buffer, secret: string): boolean =>
  [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64').replace(/=+$/, '')].some(
    (form) => bytes.includes(form),
  );
function assertNone(where: string, bytes: Buffer, ...except: string[]): void {
  for (const [what, secret] of secrets) {
    assert.ok(secret.length >= 16, `${what} is no marker`);
    if (!except.includes(what)) assert.ok(!holds(bytes, secret), `${where} holds the ${what}`);
  }
}

test('neither the data folder nor the log, the diagnostics and a backup hold what opens a door', async () => {
  for (const file of filesIn(folder.path)) assertNone(file, readFileSync(file));
  // The console is where the claim token is told.
  assertNone('the log', Buffer.from(product.log() + product.output()), 'claim token');
  const diagnostics = await owner.text('/diagnostics');
  assertNone('the diagnostics', Buffer.from(diagnostics));
  assert.doesNotMatch(diagnostics, /scrypt|sha256-|\bada\b|\bbob\b/);
  const backup = await owner.ask('GET', '/backup');
  assert.equal(backup.status, 200);
  const tar = Buffer.from(await backup.arrayBuffer());
  assertNone('a backup', tar);
  assert.ok(!tar.includes('$scrypt$'), 'nor is the hash of anybody’s password in a backup');
  for (const path of ['/users', '/tokens', '/board', '/experiments', '/me', '/access', '/network'])
    assertNone(path, Buffer.from(await owner.text(path)));
  assertNone('the metrics', Buffer.from(await (await fetch(`${product.ready.url}/metrics`)).text()));
});

test('the data folder is its owner’s alone', () => {
  const entries = [
    folder.path,
    ...readdirSync(folder.path, { recursive: true }).map((name) => join(folder.path, String(name))),
  ];
  assert.ok(entries.some((entry) => entry.endsWith('switchyard.db')));
  for (const entry of entries) {
    const mode = statSync(entry).mode & 0o777;
    assert.equal(mode & 0o077, 0, `${entry} is ${mode.toString(8)}`);
  }
});

test('nothing of the data folder can be asked for as a page, by whoever it be', async () => {
  const cookie = owner.cookie();
  const names = filesIn(folder.path).map((file) => file.slice(folder.path.length + 1));
  const places = (name: string) => [
    ...[`/${name}`, `/data/${name}`, `/static/${name}`, `/_next/${name}`, `/_next/static/../../${name}`],
    ...[`/..%2f${name}`, `/%2e%2e/${name}`, `/data%2f${name}`, `/.//${name}`, `${folder.path}/${name}`],
    ...[`/samples/..%2f..%2fdata%2f${encodeURIComponent(name)}`, `/api/v1/${name}`, `/api/v1/files/${name}`],
  ];
  for (const name of names)
    for (const path of places(name)) {
      const response = await fetch(product.ready.url + path, { headers: { cookie }, redirect: 'manual' });
      await response.arrayBuffer();
      assert.ok([400, 404, 308].includes(response.status), `${path}: ${response.status}`);
    }
});

test('and when the server has ended, what it leaves holds nothing more', async () => {
  await product.stop();
  for (const file of filesIn(folder.path)) assertNone(file, readFileSync(file));
});
