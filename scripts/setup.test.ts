import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

// The scripts are plain JavaScript, so that they run before anything is installed.
const load = (name: string) => import(new URL(name, import.meta.url).href);
const { refuseNode, isInstalled } = await load('./setup.mjs');
const { filesUnder, hashOf, openStamps, withImports } = await load('./stamps.mjs');
const { readTotals, summary } = await load('./test-run.mjs');
const { findBrowser } = await load('./browser.mjs');

function folder(t: { after(call: () => void): void }, files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'switchyard-scripts-'));
  t.after(() => rmSync(root, { recursive: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

test('a Node.js that is too old is refused in one sentence', () => {
  for (const fits of ['20.19.0', '20.20.2', '22.12.0', '22.30.1', '24.0.0', '26.1.0'])
    assert.equal(refuseNode(fits), null);
  for (const old of ['18.20.0', '20.18.9', '21.7.0', '22.11.0', '23.9.0'])
    assert.equal(refuseNode(old), `this is Node.js ${old}; Switchyard needs 20.19 or later, 22.12 or later, or 24`);
});

test('node_modules is as the lock says only when every package has its version; others’ binaries may be missing', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0', optional: true },
    },
  };
  assert.equal(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } }), true);
  assert.equal(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.1' } } }), false);
  assert.equal(isInstalled(lock, { packages: {} }), false);
  assert.equal(isInstalled(lock, null), false);
});

test('a stamp follows contents and names, not dates', (t) => {
  const root = folder(t, { 'a.ts': 'one', 'b.ts': 'two' });
  const stamp = () => hashOf(root, ['a.ts', 'b.ts']);
  const first = stamp();
  utimesSync(join(root, 'a.ts'), 1, 1);
  assert.equal(stamp(), first);
  assert.equal(hashOf(root, ['b.ts', 'a.ts']), first);
  writeFileSync(join(root, 'a.ts'), 'another');
  assert.notEqual(stamp(), first);
  assert.notEqual(hashOf(root, ['a.ts']), hashOf(root, ['a.ts', 'missing.ts']));
});

test('stamps outlive the process, and a damaged file of them means that everything is made again', (t) => {
  const root = folder(t, {});
  const file = join(root, 'dist/stamps.json');
  openStamps(file).set('panel', 'abc');
  assert.equal(openStamps(file).get('panel'), 'abc');
  writeFileSync(file, '{"panel"');
  assert.equal(openStamps(file).get('panel'), undefined);
});

test('what the panel is built from is followed through its imports, and types are left out', (t) => {
  const root = folder(t, {
    'app/page.tsx': `import { sjf } from '../server/sjf.ts';\nimport type { Wire } from '../server/wire.ts';\nimport {\n  a,\n  b,\n} from '../server/many.ts';`,
    'server/sjf.ts': `export { view } from './view.ts';\nconst later = () => import('./late.ts');`,
    'server/view.ts': '',
    'server/late.ts': '',
    'server/wire.ts': '',
    'server/many.ts': '',
    'server/other.ts': '',
  });
  const inputs = withImports(
    root,
    filesUnder(root, 'app', () => true),
  );
  assert.deepEqual(inputs.sort(), [
    'app/page.tsx',
    'server/late.ts',
    'server/many.ts',
    'server/sjf.ts',
    'server/view.ts',
  ]);
});

test('a browser is the one that CHROME_BIN names, else the first on the path, else none', (t) => {
  const root = folder(t, { 'bin/chromium': '#!/bin/sh', 'bin/google-chrome': '#!/bin/sh' });
  for (const name of ['chromium', 'google-chrome']) chmodSync(join(root, 'bin', name), 0o755);
  const PATH = `${root}/nowhere:${root}/bin`;
  assert.equal(findBrowser({ PATH }), join(root, 'bin/chromium'));
  assert.equal(findBrowser({ PATH, CHROME_BIN: join(root, 'bin/google-chrome') }), join(root, 'bin/google-chrome'));
  assert.equal(findBrowser({ PATH, CHROME_BIN: '/nowhere/chrome' }), null);
  assert.equal(findBrowser({ PATH: root }), null);
});

test('totals are the last ones of a report, and a group that ended without one has failed', (t) => {
  const root = folder(t, { tap: '# pass 1\n# pass 40\n# fail 2\n# cancelled 1\n# skipped 3\n# todo 1\n' });
  assert.deepEqual(readTotals(join(root, 'tap')), { pass: 40, fail: 3, skip: 4 });
  const none = readTotals(join(root, 'nowhere'));
  const good = { name: 'good', code: 0, pass: 5, fail: 0, skip: 0 };
  assert.equal(summary([], [good]).passed, true);
  assert.deepEqual(summary([{ name: 'lint', code: 1 }], [good, { name: 'broken', code: 7, ...none }]), {
    passed: false,
    lines: ['', 'FAILED: lint', 'FAILED: broken', '5 passed, 2 failed, 0 skipped'],
  });
});

test('what was skipped is said at the end, with why', () => {
  const skipped = { name: 'tests in a browser', code: 0, pass: 0, fail: 0, skip: 2, why: 'no Chromium' };
  const { passed, lines } = summary([], [skipped]);
  assert.equal(passed, true);
  assert.ok(lines.includes('SKIPPED: 2 of the tests in a browser: no Chromium'));
});

test('a step that fails ends the set-up with its own words and a code, and leaves standard output alone', () => {
  const step = fileURLToPath(new URL('./step.mjs', import.meta.url));
  const program = `import { runStep } from ${JSON.stringify(step)};
    await runStep('trying', process.execPath, '-e', 'console.log("its words"); process.exit(3)').catch((e) => {
      console.error(e.message);
      process.exit(1);
    });`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /set-up: trying … failed after \d+\.\d s\nits words\ntrying failed \(code 3\)/);
});
