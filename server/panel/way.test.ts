import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import type { Network } from '../config.ts';
import { createWay } from './way.ts';

const from = (remoteAddress: string, headers: Record<string, string> = {}, encrypted = false) =>
  ({ headers, socket: { remoteAddress, ...(encrypted ? { encrypted } : {}) } }) as unknown as IncomingMessage;
const network = (address: string, bits: number): Network => ({
  ...{ address, bits, family: address.includes(':') ? 'ipv6' : 'ipv4' },
});
const nobody = createWay([]);
const way = createWay([network('127.0.0.1', 32), network('10.0.0.0', 8), network('fd00::', 8)]);
const addressOf = (peer: string, forwarded: string) => way.addressOf(from(peer, { 'x-forwarded-for': forwarded }));

test('what a stranger says of where it comes from is not believed', () => {
  const spoofed = from('192.168.1.9', { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' });
  for (const each of [nobody, way]) {
    assert.equal(each.addressOf(spoofed), '192.168.1.9');
    assert.equal(each.isEncrypted(spoofed), false);
    assert.deepEqual([each.isLocal(spoofed), each.isLan(spoofed)], [false, false]);
  }
  const tunnel = from('127.0.0.1', { 'x-forwarded-for': '8.8.8.8' });
  assert.deepEqual([nobody.isLocal(tunnel), nobody.isLan(tunnel)], [false, false], 'a tunnel that nobody spoke of');
  assert.equal(nobody.addressOf(tunnel), '127.0.0.1');
  assert.deepEqual([nobody.isLocal(from('::ffff:127.0.0.1')), nobody.isLan(from('192.168.1.9'))], [true, true]);
});

test('a trusted proxy says for whom it asks: the last address that nobody trusted vouches for', () => {
  assert.equal(addressOf('127.0.0.1', '8.8.8.8'), '8.8.8.8');
  assert.equal(addressOf('127.0.0.1', '1.1.1.1, 8.8.8.8'), '8.8.8.8', 'what came before is the sender’s own word');
  assert.equal(addressOf('::ffff:127.0.0.1', '8.8.8.8, 10.1.2.3,10.9.9.9'), '8.8.8.8');
  assert.equal(addressOf('fd00::1', '192.168.1.5'), '192.168.1.5');
  assert.equal(addressOf('127.0.0.1', '10.1.1.1, 10.2.2.2'), '10.1.1.1');
  assert.equal(addressOf('127.0.0.1', '::ffff:8.8.8.8'), '8.8.8.8');
  const lan = from('127.0.0.1', { 'x-forwarded-for': '192.168.1.5' });
  assert.deepEqual([way.isLocal(lan), way.isLan(lan)], [false, true]);
  assert.equal(way.isLan(from('127.0.0.1', { 'x-forwarded-for': '8.8.8.8' })), false);
});

test('what no trusted proxy can have seen is nobody’s address, and no LAN', () => {
  for (const hop of ['unknown', '', '8.8.8.8:1234', '[::1]', '10.0.0.1 ', 'localhost']) {
    const req = from('127.0.0.1', { 'x-forwarded-for': `8.8.8.8, ${hop}` });
    const believed = hop.trim() === '10.0.0.1'; // trusted, so the one before counts
    assert.equal(way.addressOf(req), believed ? '8.8.8.8' : '127.0.0.1', hop);
    assert.deepEqual([way.isLocal(req), way.isLan(req)], [false, false], hop);
  }
});

test('how the browser was spoken to is the trusted proxy’s to say', () => {
  const said = (proto: string, encrypted = false) => from('127.0.0.1', { 'x-forwarded-proto': proto }, encrypted);
  assert.equal(way.isEncrypted(said('https')), true);
  assert.equal(way.isEncrypted(said('http, HTTPS')), true);
  assert.equal(way.isEncrypted(said('https, http')), false);
  assert.equal(way.isEncrypted(said('http', true)), false);
  assert.deepEqual(
    [true, false].map((each) => way.isEncrypted(from('127.0.0.1', {}, each))),
    [true, false],
  );
});
