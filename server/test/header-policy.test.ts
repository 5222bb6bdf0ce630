import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { claim, type Person, type Product, root, startProduct, temporaryFolder } from './product.ts';

// What every answer says to the browser, whatever was asked and however it went.

const folder = temporaryFolder();
let product: Product;
let owner: Person;
before(async () => {
  product = await startProduct(folder.path);
  owner = await claim(product);
});
after(async () => {
  await product?.stop();
  folder.remove();
});

const get = (path: string, init: RequestInit = {}) =>
  fetch(product.ready.url + path, {
    ...init,
    headers: { cookie: owner.cookie(), accept: 'text/html', ...init.headers },
  });

function checkSafe({ headers }: Response, where: string): void {
  assert.equal(headers.get('x-content-type-options'), 'nosniff', where);
  assert.equal(headers.get('referrer-policy'), 'no-referrer', where);
  assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin', where);
  assert.equal(headers.get('x-frame-options'), 'DENY', where);
  for (const telling of ['x-powered-by', 'server', 'access-control-allow-origin', 'strict-transport-security'])
    assert.equal(headers.get(telling), null, `${telling} at ${where}`);
}

const directives = (csp: string | null): Map<string, string[]> =>
  new Map(
    (csp ?? '').split(';').map((part) => {
      const [name = '', ...values] = part.trim().split(/\s+/);
      return [name, values];
    }),
  );

function checkPage(response: Response, where: string): void {
  checkSafe(response, where);
  const csp = directives(response.headers.get('content-security-policy'));
  const is = (name: string, ...values: string[]) => assert.deepEqual(csp.get(name), values, `${name} of ${where}`);
  is('default-src', "'none'");
  is('connect-src', "'self'");
  is('frame-ancestors', "'none'");
  is('base-uri', "'none'");
  const scripts = csp.get('script-src') ?? [];
  assert.ok(scripts.includes("'self'"), where);
  for (const source of scripts) assert.match(source, /^'(self|sha256-[A-Za-z0-9+/]{43}=)'$/, where);
}

test('every page forbids scripts that are not the panel’s own, and being framed', async () => {
  const { files } = JSON.parse(readFileSync(join(root, 'dist/panel.json'), 'utf8')) as {
    files: Record<string, unknown>;
  };
  const pages = Object.keys(files).filter((file) => file.endsWith('.html'));
  assert.ok(pages.length >= 10, pages.join());
  for (const page of pages) {
    const response = await get(page.replace(/(\/index)?\.html$/, '') || '/');
    const text = await response.text();
    checkPage(response, page);
    assert.doesNotMatch(text, /<[^>]+\son[a-z]+\s*=|javascript:/i, page);
  }
  checkPage(await get('/nothing/here'), 'a page that there is not');
});

test('every answer with data forbids everything, and is kept by nobody', async () => {
  const answers: [string, RequestInit?][] = [
    ...['/api/v1/me', '/api/v1/board', '/api/v1/runs', '/api/v1/runs.csv', '/api/v1/setup', '/healthz'].map(
      (path): [string] => [path],
    ),
    ['/metrics'],
    ['/api/v1/diagnostics'],
    ['/api/v1/pictures'],
    ['/api/v1/nothing'],
    ['/api/v1/runs/1e9'],
    ['/api/v1/me', { headers: { cookie: '' } }],
    ['/api/v1/me', { method: 'DELETE', headers: { origin: 'http://evil.example' } }],
    ['/api/v1/experiments', { method: 'POST', headers: { origin: product.ready.url }, body: 'not JSON' }],
    ['/ca.crt'],
  ];
  for (const [path, init] of answers) {
    const response = await get(path, init);
    const where = `${init?.method ?? 'GET'} ${path} ${response.status}`;
    await response.arrayBuffer();
    checkSafe(response, where);
    assert.equal(response.headers.get('cache-control'), 'no-store', where);
    assert.deepEqual(directives(response.headers.get('content-security-policy')).get('default-src'), ["'none'"], where);
    assert.doesNotMatch(response.headers.get('content-type') ?? '', /html/, where);
  }
});

test('files and the live socket say no less', async () => {
  for (const path of ['/icon.svg', '/samples/nothing.jpg', '/socket.io/?EIO=4&transport=polling'])
    checkSafe(await get(path, { headers: { origin: product.ready.url } }), path);
});
