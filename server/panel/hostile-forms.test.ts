import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HOSTILE_WAYS, type HostileWay, hostileForms, isRefused, statusOfForm } from '../test/hostile-forms.ts';
import { statusOfRaw } from '../test/raw-http.ts';
import { type ScratchPanel, scratchPanel } from './scratch.ts';

let panel: ScratchPanel;
let cookie: string;
before(async () => {
  panel = await scratchPanel();
  cookie = `switchyard_session=${await panel.sessionOf('admin')}`;
});
after(() => panel.close());

const own = () => ({ name: 'ours', lines: [`Host: 127.0.0.1:${panel.port}`, `Origin: ${panel.url}`] });
const ways = Object.keys(HOSTILE_WAYS) as HostileWay[];

for (const way of ways)
  test(`no false host and no false origin gets anything by way of ${way}, whoever’s cookie it brings`, async () => {
    const forms = hostileForms(panel.port);
    assert.ok(forms.length >= 80, `${forms.length} forms`);
    for (const form of forms) {
      const status = await statusOfForm(panel.port, form, way, cookie);
      assert.ok(isRefused(status), `${form.name}: ${status}`);
    }
    const good = await statusOfForm(panel.port, own(), way, cookie);
    assert.ok(!isRefused(good), `ours: ${good}`);
  });

test('what is addressed to somebody else, or upgrades to something else, is closed', async () => {
  const head = `Host: 127.0.0.1:${panel.port}\r\nCookie: ${cookie}\r\n`;
  const upgrade = `${head}Origin: ${panel.url}\r\n${HOSTILE_WAYS.websocket.more.join('\r\n')}\r\n\r\n`;
  for (const target of ['http://evil.example/api/v1/me', `http://127.0.0.1:${panel.port}/api/v1/me`, '*', 'api/v1/me'])
    assert.ok(isRefused(await statusOfRaw(panel.port, `GET ${target} HTTP/1.1\r\n${head}\r\n`)), target);
  for (const target of ['http://evil.example/socket.io/?EIO=4&transport=websocket', '/', '/_next/hmr', '/api/v1/me'])
    assert.equal(await statusOfRaw(panel.port, `GET ${target} HTTP/1.1\r\n${upgrade}`), 0, target);
  assert.ok(isRefused(await statusOfRaw(panel.port, `CONNECT evil.example:80 HTTP/1.1\r\n${head}\r\n`)));
});
