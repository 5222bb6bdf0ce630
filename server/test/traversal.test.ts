import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Door, PERMISSIONS } from '../panel/permissions.ts';
import { ask } from '../panel/scratch.ts';
import type { TokenAdded } from '../panel/wire.ts';
import { claim, type Product, startProduct, temporaryFolder } from './product.ts';

// Whatever stands where an id belongs: nothing outside is read, and nothing anywhere is deleted by it.

const CANARY = 'canary-2f6d1b7c0a94';
const folder = temporaryFolder();
const dataDir = join(folder.path, 'data');
let product: Product;
let token: string;

before(async () => {
  mkdirSync(dataDir, { mode: 0o700 });
  product = await startProduct(dataDir);
  const owner = await claim(product);
  ({ token } = await owner.post<TokenAdded>('/tokens', { name: 'all doors', role: 'admin' }));
  for (const place of [folder.path, dataDir, ...['models', 'pictures', 'traces'].map((name) => join(dataDir, name))]) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'canary'), CANARY);
  }
});
after(async () => {
  await product?.stop();
  folder.remove();
});

const SEPARATORS = ['/', '%2f', '%2F', '%252f', '\\', '%5c', '%255c', '%c0%af', '%e0%80%af', '%ef%bc%8f', '//', '/./'];
const DOTS = ['..', '%2e%2e', '.%2e', '%252e%252e', '%c0%ae%c0%ae', '....', '..%00', '..;'];
/** Each leads to a canary for whoever undoes its disguise. */
const climbs = (): string[] => [
  ...SEPARATORS.flatMap((slash) => ['..', '%2e%2e'].map((dots) => `${dots}${slash}canary`)),
  ...DOTS.flatMap((dots) => [`${dots}%2fcanary`, `${dots}%2f${dots}%2fcanary`, `x%2f${dots}%2f${dots}%2fcanary`]),
  ...[
    'canary',
    'canary%00',
    'canary%00.onnx',
    '%00canary',
    'canary%23',
    'canary%3f',
    'canary%0a',
    '%20canary',
    'canary.',
  ],
  ...[encodeURIComponent(join(folder.path, 'canary')), `file:${encodeURIComponent(join(dataDir, 'canary'))}`],
  ...['.', '..', '%2e', '%2e%2e', '-', '~', '*', '%2a', '__proto__', 'constructor', '%zz', '%', `a${'a'.repeat(300)}`],
];

const decodes = (form: string): string => {
  try {
    return decodeURIComponent(form);
  } catch {
    return form;
  }
};

const canaries = (): string[] =>
  readdirSync(folder.path, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('canary'))
    .filter((name) => readFileSync(join(folder.path, name), 'utf8') === CANARY)
    .sort();

const doors = (Object.keys(PERMISSIONS) as Door[]).filter((door) => door.includes('/:'));

for (const door of doors)
  test(`${door}: no way of climbing out gets at anything`, async () => {
    const before = canaries();
    assert.equal(before.length, 5);
    const forms = climbs();
    assert.ok(forms.length >= 60, `${forms.length} forms`);
    const [method = '', path = ''] = door.split(' ');
    for (const form of forms) {
      const { status, text } = await ask(
        product.ready,
        method,
        path.replace(/:\w+/g, form),
        {
          authorization: `Bearer ${token}`,
          host: `127.0.0.1:${product.ready.port}`,
          'content-type': 'application/json',
        },
        method === 'GET' ? undefined : '{}',
      );
      // Ending what does not go on is no mistake.
      assert.ok((status >= 400 && status < 500) || text === '{}', `${form}: ${status} ${text.slice(0, 200)}`);
      assert.ok(!text.includes(CANARY), form);
      if (!decodes(form).includes(folder.path)) assert.ok(!text.includes(folder.path), form);
    }
    assert.deepEqual(canaries(), before);
  });

test('nor does any way through the panel’s files', async () => {
  for (const form of climbs())
    for (const base of ['/', '/_next/static/', '/samples/', '/models/', '/runs/', '/units/']) {
      const { text } = await ask(product.ready, 'GET', base + form, { host: `127.0.0.1:${product.ready.port}` });
      assert.ok(!text.includes(CANARY), base + form);
    }
});
