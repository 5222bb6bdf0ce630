import assert from 'node:assert/strict';
import { request as ask, createServer, type IncomingMessage } from 'node:http';
import { request as askTls } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { temporaryFolder } from '../../test/product.ts';
import { createHostList } from '../host-origin.ts';
import { type Authority, openAuthority } from './authority.ts';
import { createElsewhere } from './elsewhere.ts';
import { createFront, type Front, isEncrypted } from './front.ts';

// 127.0.0.1 is this machine, and 127.0.0.2 plays another one.

const folder = temporaryFolder();
let authority: Authority;
let front: Front;
let port: number;

before(async () => {
  authority = await openAuthority(folder.path, ['localhost', '127.0.0.1']);
  const limits = { headersTimeout: 300, connectionsCheckingInterval: 100 };
  const http = createServer(limits, (req, res) => {
    res.end(`${isEncrypted(req) ? 'encrypted' : 'plain'} ${req.method} ${req.url}`);
  });
  const elsewhere = createElsewhere(createHostList([]), authority.caPem);
  const isLocal = (address: string) => address === '127.0.0.1';
  front = createFront({ http, elsewhere, leaf: authority.leaf, limits, isLocal });
  await new Promise<void>((listening) => front.server.listen(0, '127.0.0.1', listening));
  port = (front.server.address() as AddressInfo).port;
});
after(() => {
  front.stopListening();
  front.close();
  folder.remove();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}
function get(
  how: 'http' | 'https',
  from: string,
  path: string,
  more: { method?: string; host?: string } = {},
): Promise<Answer> {
  const { method = 'GET', host = `localhost:${port}` } = more;
  const options = {
    host: '127.0.0.1',
    servername: 'localhost',
    port,
    localAddress: from,
    path,
    method,
    headers: { host },
  };
  return new Promise((resolve, reject) => {
    const answered = (res: IncomingMessage) => {
      let text = '';
      res.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }));
    };
    const asked = how === 'http' ? ask(options, answered) : askTls({ ...options, ca: authority.caPem }, answered);
    asked.on('error', reject).end();
  });
}

test('one port: this machine may ask plainly, everybody over TLS that the authority vouches for', async () => {
  assert.equal((await get('http', '127.0.0.1', '/a?b')).text, 'plain GET /a?b');
  assert.equal((await get('https', '127.0.0.1', '/a?b')).text, 'encrypted GET /a?b');
  assert.equal((await get('https', '127.0.0.2', '/a?b', { method: 'POST' })).text, 'encrypted POST /a?b');
});

test('another machine that asks plainly is led to HTTPS and to the certificate, and gets nothing else', async () => {
  const led = await get('http', '127.0.0.2', '/runs/7?x=1');
  assert.deepEqual([led.status, led.headers.location], [307, `https://localhost:${port}/runs/7?x=1`]);
  assert.equal((await get('http', '127.0.0.2', '//evil.example/')).headers.location, `https://localhost:${port}/`);
  const certificate = await get('http', '127.0.0.2', '/ca.crt');
  assert.deepEqual([certificate.status, certificate.text], [200, authority.caPem]);
  const posted = await get('http', '127.0.0.2', '/api/v1/login', { method: 'POST' });
  assert.equal(posted.status, 403);
  assert.match(posted.text, /https:\/\/ only/);
  const evil = await get('http', '127.0.0.2', '/', { host: 'evil.example' });
  assert.deepEqual([evil.status, evil.headers.location], [421, undefined]);
});

test('a plain upgrade from another machine, and bytes that are neither, end with their connection', async () => {
  const ended = (text: string) =>
    new Promise<string>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, localAddress: '127.0.0.2' }, () => socket.write(text));
      let heard = '';
      socket.setEncoding('latin1').on('data', (part) => {
        heard += part;
      });
      socket.on('close', () => resolve(heard)).on('error', () => {});
    });
  const upgrade = 'GET /socket.io/ HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  assert.equal(await ended(upgrade), '');
  assert.equal(await ended('\x01\x02 what is this\r\n\r\n'), '');
  assert.doesNotMatch(await ended('\x16\x03\x01\x00\x05hello'), /HTTP/);
});

for (const how of ['plain', 'encrypted'])
  test(`whoever sends half a request, ${how}, is cut off, behind this door as before any other`, async () => {
    const heard = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('it was left open')), 20_000);
      const to = { host: '127.0.0.1', port };
      const begin = () => socket.write('GET / HTTP/1.1\r\nHost: loc');
      const socket: Socket =
        how === 'plain'
          ? connect(to, begin)
          : connectTls({ ...to, servername: 'localhost', ca: authority.caPem }, begin);
      let text = '';
      socket.setEncoding('latin1').on('data', (part) => {
        text += part;
      });
      socket
        .on('error', () => {})
        .on('close', () => {
          clearTimeout(late);
          resolve(text);
        });
    });
    assert.match(heard, /^(HTTP\/1\.1 4|$)/);
  });

test('a renewed certificate is shown to whoever comes next', async () => {
  await authority.renew(['localhost', '127.0.0.1', 'renamed.local']);
  front.show(authority.leaf);
  assert.equal((await get('https', '127.0.0.2', '/')).status, 200);
});
