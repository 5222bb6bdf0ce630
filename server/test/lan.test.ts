import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { root, temporaryFolder } from './product.ts';

const can = spawnSync('unshare', ['-n', 'true']).status === 0 && ['/sbin/ip', '/usr/sbin/ip'].some(existsSync);
const skip = can ? false : 'needs root, unshare and iproute2';

test('other machines come in over HTTPS only, with a certificate of the board’s own, and are shown the way', {
  skip,
}, (t) => {
  const folder = temporaryFolder();
  t.after(folder.remove);
  const inside =
    'ip link set lo up && ip addr add 192.0.2.7/32 dev lo && ip addr add 192.168.7.7/32 dev lo && exec "$0" --import tsx "$1" "$2"';
  const program = 'server/test/lan-program.ts';
  const { stdout, stderr, status } = spawnSync(
    'unshare',
    ['-n', 'sh', '-c', inside, process.execPath, program, folder.path],
    { cwd: root, encoding: 'utf8', timeout: 120_000 },
  );
  assert.equal(status, 0, stderr);
  assert.deepEqual(JSON.parse(stdout), {
    led: [307, true],
    login: 403,
    claimed: [200, '__Host-switchyard_session=…; Path=/; HttpOnly; SameSite=Strict; Max-Age=…; Secure'],
    me: '{"name":"olga","role":"admin"}',
    renamedCookie: 401,
    plainOrigin: 403,
    socket: 'hello',
    foreignSocket: 'refused',
    plainSocket: 'refused',
    here: 200,
    network: [true, true, false],
    shown: true,
    guests: { closed: [401, 'refused'], lan: [200, 'hello'], elsewhere: [401, 'refused'] },
  });
});
