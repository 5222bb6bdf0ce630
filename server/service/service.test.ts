import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { receiveNotifications } from '../test/notify-receiver.ts';
import { temporaryFolder } from '../test/product.ts';
import { openService } from './service.ts';

function stage(t: TestContext, more: Record<string, string> = {}) {
  const folder = temporaryFolder();
  const systemd = receiveNotifications(folder.path);
  const said: string[] = [];
  const env = { NOTIFY_SOCKET: systemd.path, ...more };
  const service = openService({ env, pid: 7, say: (sentence) => said.push(sentence) });
  t.after(() => {
    service.stopping(); // ends its timer
    systemd.close();
    folder.remove();
  });
  return { systemd, said, service };
}
const alive = async () => true;

test('systemd is told when it serves, and when it ends', (t) => {
  const { systemd, service } = stage(t);
  service.ready('serving', alive);
  assert.deepEqual(systemd.heard(), ['READY=1\nSTATUS=serving']);
  service.stopping();
  assert.deepEqual(systemd.heard(), ['STOPPING=1']);
});

test('signs of life come at half the time that is asked for, and only from an engine that answers', async (t) => {
  const { systemd, service, said } = stage(t, { WATCHDOG_USEC: '40000', WATCHDOG_PID: '7' });
  let answers = true;
  service.ready('serving', async () => answers);
  await systemd.until((line) => line === 'WATCHDOG=1');
  answers = false;
  await new Promise((later) => setTimeout(later, 30)); // one may be on its way
  systemd.heard();
  await new Promise((later) => setTimeout(later, 120));
  assert.deepEqual(systemd.heard(), []);
  assert.match(said.at(-1) ?? '', /the engine does not answer/);
});

test('a watchdog that is meant for another process is not ours', async (t) => {
  const { systemd, service } = stage(t, { WATCHDOG_USEC: '20000', WATCHDOG_PID: '8' });
  service.ready('serving', alive);
  await new Promise((later) => setTimeout(later, 60));
  assert.deepEqual(systemd.heard(), ['READY=1\nSTATUS=serving']);
});

test('without systemd nothing is told, and a socket that is none is one sentence', () => {
  const said: string[] = [];
  const say = (sentence: string) => void said.push(sentence);
  openService({ env: {}, pid: 7, say }).ready('serving', alive);
  assert.deepEqual(said, []);
  openService({ env: { NOTIFY_SOCKET: 'no-path' }, pid: 7, say }).ready('serving', alive);
  assert.deepEqual(said, ['NOTIFY_SOCKET is no socket: no-path']);
  openService({ env: { NOTIFY_SOCKET: '/nowhere/notify' }, pid: 7, say }).ready('serving', alive);
  assert.match(said.at(-1) ?? '', /^systemd could not be told "READY=1/);
});
