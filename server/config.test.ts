import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from './config.ts';

const read = (env: Record<string, string>, ...argv: string[]) => readConfig(env, argv);
const errorOf = (config: ReturnType<typeof readConfig>) => (config.ok ? 'accepted' : config.error);

test('without a word it serves this machine only', () => {
  const config = read({ HOST: '', PORT: '' });
  assert.ok(config.ok);
  assert.deepEqual([config.value.host, config.value.port, config.value.insecure], ['127.0.0.1', 8080, false]);
});

test('the network is served in the clear only when that was asked for', () => {
  for (const HOST of ['0.0.0.0', '::', '192.168.1.5', 'board.local', '127.evil.example']) {
    assert.match(errorOf(read({ HOST })), /--insecure-http/, HOST);
    const config = read({ HOST }, '--insecure-http');
    assert.ok(config.ok && config.value.insecure, HOST);
  }
  for (const HOST of ['127.0.0.1', 'localhost', '::1']) assert.ok(read({ HOST }).ok, HOST);
});

test('what makes no sense is one sentence', () => {
  assert.match(errorOf(read({ PORT: 'http' })), /^PORT: must be a number$/);
  assert.match(errorOf(read({ PORT: '70000' })), /^PORT: /);
  assert.match(errorOf(read({}, '--redy-json')), /no flag "--redy-json"/);
});
