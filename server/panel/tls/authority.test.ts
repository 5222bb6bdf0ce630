import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../test/product.ts';
import { openAuthority } from './authority.ts';

const DAY_MS = 86_400_000;
const NAMES = ['localhost', '127.0.0.1', '[::1]', 'board', 'board.local', '192.168.1.7'];

test('a certificate for all names and addresses, signed by an authority that may sign nothing else, for a year', async (t) => {
  const folder = temporaryFolder();
  t.after(folder.remove);
  const authority = await openAuthority(folder.path, NAMES);
  const [ca, leaf] = [new X509Certificate(authority.caPem), new X509Certificate(authority.leaf.cert)];
  assert.ok(ca.ca && ca.verify(ca.publicKey) && !leaf.ca && leaf.checkIssued(ca) && leaf.verify(ca.publicKey));
  assert.match(authority.fingerprint, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  for (const name of ['localhost', 'board', 'board.local']) assert.equal(leaf.checkHost(name), name);
  for (const address of ['127.0.0.1', '::1', '192.168.1.7']) assert.equal(leaf.checkIP(address), address);
  assert.equal(leaf.checkHost('evil.example'), undefined);
  assert.deepEqual(leaf.keyUsage, ['1.3.6.1.5.5.7.3.1'], 'a server’s');
  const days = (Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / DAY_MS;
  assert.ok(days > 390 && days <= 398, `${days} days`);
});

test('keys are for nobody else; the next start has the same authority, and makes anew what was cut off', async (t) => {
  const folder = temporaryFolder();
  t.after(folder.remove);
  const first = await openAuthority(folder.path, NAMES);
  const dir = join(folder.path, 'tls');
  for (const file of readdirSync(dir)) assert.equal(statSync(join(dir, file)).mode & 0o777, 0o600, file);
  const second = await openAuthority(folder.path, NAMES);
  assert.deepEqual([second.caPem, second.leaf], [first.caPem, first.leaf]);
  writeFileSync(join(dir, 'leaf.crt'), first.leaf.cert.slice(0, 200));
  const third = await openAuthority(folder.path, NAMES);
  assert.equal(third.fingerprint, first.fingerprint);
  assert.notEqual(third.leaf.cert, first.leaf.cert);
});

test('it is renewed a month before it ends, and when the board has another name, and not before', async (t) => {
  const folder = temporaryFolder();
  t.after(folder.remove);
  let now = Date.now();
  const authority = await openAuthority(folder.path, NAMES, () => now);
  assert.equal(await authority.renew(NAMES.slice(0, 2)), false);
  assert.equal(await authority.renew([...NAMES, '10.0.0.9']), true);
  assert.equal(new X509Certificate(authority.leaf.cert).checkIP('10.0.0.9'), '10.0.0.9');
  const ends = authority.validUntil.getTime();
  now = ends - 31 * DAY_MS;
  assert.equal(await authority.renew(NAMES), false);
  now = ends - 29 * DAY_MS;
  assert.equal(await authority.renew(NAMES), true);
  assert.ok(authority.validUntil.getTime() > ends + 300 * DAY_MS);
});
