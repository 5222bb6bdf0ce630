import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { claim, type Person, type Product, startProduct, temporaryFolder } from './product.ts';
import { statusOfRaw } from './raw-http.ts';

// Peers that are slow, silent, greedy or very many; whoever asks properly meanwhile is answered.

const folder = temporaryFolder();
let product: Product;
let ada: Person;
const open: Socket[] = [];

before(async () => {
  product = await startProduct(folder.path);
  ada = await claim(product);
});
after(async () => {
  for (const socket of open) socket.destroy();
  await product.stop();
  folder.remove();
});

async function peer(says = ''): Promise<Socket> {
  const socket = connect(product.ready.port, '127.0.0.1').on('error', () => {});
  open.push(socket);
  await once(socket, 'connect');
  socket.write(says);
  return socket;
}

test('headers that are too large, too many or no headers are refused at once', async () => {
  const { port } = product.ready;
  const head = 'GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n';
  for (const [what, request] of Object.entries({
    large: `${head}x: ${'a'.repeat(64_000)}\r\n\r\n`,
    many: `${head}${Array.from({ length: 5000 }, (_, i) => `x${i}: a\r\n`).join('')}\r\n`,
    none: 'no request at all\r\n\r\n',
    long: `GET /${'a'.repeat(8000)} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`,
    doubled:
      'POST /api/v1/login HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  })) {
    const status = await statusOfRaw(port, request);
    assert.ok(status === 0 || (status >= 400 && status < 500), `${what}: ${status}`);
  }
  assert.equal((await ada.ask('GET', '/board')).status, 200);
});

test('beside a thousand connections that say nothing and two hundred that never end their question, a good one is answered', async () => {
  for (let n = 0; n < 1000; n++) await peer();
  for (let n = 0; n < 200; n++) await peer(`GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ${n}`);
  for (let n = 0; n < 20; n++) assert.equal((await ada.ask('GET', '/board')).status, 200);
  assert.equal((await fetch(`${product.ready.url}/healthz`)).status, 200);
});

test('a body that comes a byte at a time is waited for by nobody else', async () => {
  const { url } = product.ready;
  const head = `POST /api/v1/login HTTP/1.1\r\nhost: ${new URL(url).host}\r\norigin: ${url}\r\ncontent-type: application/json\r\ncontent-length: 4000\r\n\r\n`;
  const slow = await Promise.all(Array.from({ length: 50 }, () => peer(head)));
  for (let n = 0; n < 20; n++) {
    for (const socket of slow) socket.write('{');
    assert.equal((await ada.ask('GET', '/units')).status, 200);
  }
});

test('who goes away in the middle of a long answer leaves nothing behind that others feel', async () => {
  const { url } = product.ready;
  for (let n = 0; n < 30; n++) {
    const socket = await peer(
      `GET /api/v1/board HTTP/1.1\r\nhost: ${new URL(url).host}\r\ncookie: ${ada.cookie()}\r\n\r\n`,
    );
    socket.resetAndDestroy();
  }
  assert.equal((await ada.ask('GET', '/board')).status, 200);
  assert.equal(product.child.exitCode, null);
});
