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

test('the network is served over HTTPS, and in the clear only when that was asked for', () => {
  const [flag, no] = ['--insecure-http', [] as string[]];
  const how = (HOST: string, flags: readonly string[]) => {
    const config = read({ HOST }, ...flags);
    return config.ok && [config.value.secure, config.value.insecure];
  };
  for (const host of ['0.0.0.0', '::', '192.168.1.5', 'board.local', '127.evil.example'])
    assert.deepEqual(
      [how(host, no), how(host, [flag])],
      [
        [true, false],
        [false, true],
      ],
      host,
    );
  for (const host of ['127.0.0.1', 'localhost', '::1'])
    assert.deepEqual(
      [how(host, no), how(host, [flag])],
      [
        [false, false],
        [false, false],
      ],
      host,
    );
});

test('what makes no sense is one sentence', () => {
  assert.match(errorOf(read({ PORT: 'http' })), /^PORT: must be a number$/);
  assert.match(errorOf(read({ PORT: '70000' })), /^PORT: /);
  assert.match(errorOf(read({}, '--redy-json')), /no flag "--redy-json"/);
});

test('proxies that are trusted are addresses and networks, and nothing that could mean anybody', () => {
  const trusted = (TRUST_PROXY: string) => {
    const config = read({ TRUST_PROXY });
    return config.ok ? config.value.trustProxy.map(({ address, bits }) => `${address}/${bits}`) : config.error;
  };
  assert.deepEqual(trusted(''), []);
  assert.deepEqual(trusted('127.0.0.1, ::1,10.0.0.0/8'), ['127.0.0.1/32', '::1/128', '10.0.0.0/8']);
  for (const wrong of ['true', 'proxy.local', '10.0.0.0/33', '10.0.0.0/', '10/8', '::1/129', '1.2.3.4/8/8', '*'])
    assert.match(String(trusted(wrong)), /^TRUST_PROXY: ".*" is no address/, wrong);
});

test('the units of this machine’s processor are named one by one; a name that there is not is told which there are', () => {
  const units = (text: string) => {
    const config = read({ SWITCHYARD_UNITS: text });
    return config.ok ? config.value.units.map(({ driver, precision }) => `${driver} ${precision}`) : config.error;
  };
  assert.deepEqual(units(''), ['onnx fp32']);
  assert.deepEqual(units('onnx, TFLite-int8,armnn'), ['onnx fp32', 'tflite int8', 'armnn fp32']);
  assert.match(
    String(units('onnx,tensorrt')),
    /^SWITCHYARD_UNITS: there is no unit "tensorrt"; there are onnx, tflite, armnn/,
  );
  assert.match(String(units('onnx,onnx')), /named twice/);
  assert.match(String(units(' , ')), /name one unit at least/);
});
