import { request } from 'node:https';
import { io } from 'socket.io-client';
import type { NetworkView } from '../panel/wire.ts';
import { startProduct } from './product.ts';

// What another machine meets, from inside a network namespace in which this machine is 192.0.2.7 as well, and 192.168.7.7
// on its LAN. Prints what it saw.

const ADDRESS = '192.0.2.7';
const product = await startProduct(process.argv[2] ?? '', [
  ...['env', 'HOST=0.0.0.0', process.execPath, 'dist/server.js', '--ready-json'],
]);
const { port, claimToken } = product.ready;
const [plain, secure] = [`http://${ADDRESS}:${port}`, `https://${ADDRESS}:${port}`];
const lan = `https://192.168.7.7:${port}`;
const ca = await (await fetch(`${plain}/ca.crt`)).text();

interface Asked {
  readonly status: number;
  readonly cookie: string;
  readonly text: string;
}
function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  at = secure,
): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const options = { method, ca, headers: { origin: at, 'content-type': 'application/json', ...headers } };
    const asked = request(at + path, options, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, cookie: res.headers['set-cookie']?.[0] ?? '', text }));
    });
    asked.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}
const connects = (headers: Record<string, string>, at = secure) =>
  new Promise<string>((resolve) => {
    const socket = io(at, { ca, transports: ['websocket'], reconnection: false, extraHeaders: headers } as object);
    const done = (how: string) => {
      socket.disconnect();
      resolve(how);
    };
    socket.on('hello', () => done('hello')).on('connect_error', () => done('refused'));
  });

/** Whoever comes from the address that they come to, and has nothing to show. */
const guestAt = async (at: string) => [
  (await ask('GET', '/api/v1/runs', undefined, {}, at)).status,
  await connects({ origin: at }, at),
];

const led = await fetch(`${plain}/runs`, { redirect: 'manual' });
const login = await fetch(`${plain}/api/v1/login`, { method: 'POST', headers: { origin: plain }, body: '{}' });
const claimed = await ask('POST', '/api/v1/claim', { token: claimToken, name: 'olga', password: 'a good password' });
const cookie = claimed.cookie.split(';')[0] ?? '';
const me = await ask('GET', '/api/v1/me', undefined, { cookie });
const network = JSON.parse((await ask('GET', '/api/v1/network', undefined, { cookie })).text) as NetworkView;
const closed = await guestAt(lan);
await ask('PUT', '/api/v1/access', { openWatching: true }, { cookie });
const guests = { closed, lan: await guestAt(lan), elsewhere: await guestAt(secure) };
const seen = {
  led: [led.status, led.headers.get('location') === `${secure}/runs`],
  login: login.status,
  claimed: [claimed.status, claimed.cookie.replace(/=[^;]+/, '=…').replace(/Max-Age=\d+/, 'Max-Age=…')],
  me: me.text,
  renamedCookie: (await ask('GET', '/api/v1/me', undefined, { cookie: cookie.replace('__Host-', '') })).status,
  plainOrigin: (await ask('POST', '/api/v1/logout', {}, { cookie, origin: plain })).status,
  socket: await connects({ cookie, origin: secure }),
  foreignSocket: await connects({ cookie, origin: 'https://evil.example' }),
  plainSocket: await connects({ cookie, origin: plain }),
  here: (await fetch(`http://127.0.0.1:${port}/healthz`)).status,
  network: [network.addresses.every((address) => address.startsWith('https://')), network.encrypted, network.insecure],
  guests,
  shown: product.log().includes(network.certificate?.fingerprint ?? 'nothing'),
};
console.log(JSON.stringify(seen));
await product.stop();
