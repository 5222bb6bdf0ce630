import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLan } from './lan.ts';

test('the LAN is what private and link-local addresses say, and nothing beside them', () => {
  const inside = ['127.0.0.1', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.5', '169.254.7.7'];
  const inside6 = ['::1', 'fe80::1', 'fe80::1%eth0', 'fd12:3456::1', '::ffff:192.168.1.5'];
  for (const address of [...inside, ...inside6]) assert.equal(isLan(address), true, address);
  const outside = ['8.8.8.8', '172.15.0.1', '172.32.0.1', '192.169.0.1', '100.64.0.1', '11.0.0.1', '0.0.0.0'];
  const outside6 = ['2001:db8::1', 'fec0::1', '::', '::ffff:8.8.8.8', '', 'localhost', '10.0.0.1.example', '10.0.0'];
  for (const address of [...outside, ...outside6]) assert.equal(isLan(address), false, address);
});
