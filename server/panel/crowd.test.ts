import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { limitCrowd } from './crowd.ts';

const MOST = 20;

async function crowded(t: { after(call: () => void): void }) {
  const server = createServer((_, res) => res.end('here'));
  const crowd = limitCrowd(server, MOST);
  server.on('request', (req: IncomingMessage) => crowd.asked(req.socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const ask = async (agent?: Agent): Promise<string> => {
    const [res] = await once(get({ host: '127.0.0.1', port, ...(agent ? { agent } : { agent: false }) }), 'response');
    let text = '';
    for await (const part of res.setEncoding('utf8')) text += part;
    return text;
  };
  const open = async (says = ''): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    t.after(() => socket.destroy());
    await once(socket, 'connect');
    socket.write(says);
    return socket;
  };
  return { ask, open };
}

test('whoever asks is answered, however many connect and say nothing, or only half of a question', async (t) => {
  const { ask, open } = await crowded(t);
  const first = await open();
  const gone = once(first, 'close');
  for (let n = 0; n < 3 * MOST; n++) await open(n % 2 === 0 ? 'GET / HTTP/1.1\r\nhost: a\r\nx: ' : '');
  await gone;
  for (let n = 0; n < 5; n++) assert.equal(await ask(), 'here');
});

test('a connection that has asked and stays is not the one that goes', async (t) => {
  const { ask, open } = await crowded(t);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.after(() => agent.destroy());
  assert.equal(await ask(agent), 'here');
  let sockets = 0;
  agent.on('free', (socket: Socket) => socket.once('close', () => sockets++));
  for (let n = 0; n < 3 * MOST; n++) await open();
  assert.equal(await ask(agent), 'here');
  assert.equal(sockets, 0, 'on the same connection');
});

test('where all have asked, the newest goes', async (t) => {
  const { ask, open } = await crowded(t);
  for (let n = 0; n < MOST; n++) await once(await open('GET / HTTP/1.1\r\nhost: a\r\n\r\n'), 'data');
  await assert.rejects(ask());
});
