import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receiveNotifications } from './notify-receiver.ts';
import { startProduct, temporaryFolder } from './product.ts';

test('as a service it says when it can be opened, goes on giving signs of life, and says that it ends', async () => {
  const folder = temporaryFolder();
  const systemd = receiveNotifications(folder.path);
  const env = ['env', `NOTIFY_SOCKET=${systemd.path}`, 'WATCHDOG_USEC=100000'];
  const product = await startProduct(folder.path, [...env, process.execPath, 'dist/server.js', '--ready-json']);
  try {
    const ready = await systemd.until((datagram) => datagram.startsWith('READY=1'));
    assert.equal(ready, `READY=1\nSTATUS=serving at ${product.ready.url}`);
    for (let sign = 0; sign < 3; sign++) await systemd.until((datagram) => datagram === 'WATCHDOG=1');
    await Promise.all([product.stop(), systemd.until((datagram) => datagram === 'STOPPING=1')]);
  } finally {
    await product.stop();
    systemd.close();
    folder.remove();
  }
});
