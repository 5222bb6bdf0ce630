import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { shippedPackages } from './licences.mjs';
import {
  isOlder,
  type Lock,
  type Manifest,
  MINIMUM,
  mayShip,
  nameOf,
  unlicensed,
  unpinned,
  unverified,
  weak,
  withScripts,
} from './supply-chain.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const lock: Lock = JSON.parse(text('package-lock.json'));
const manifest: Manifest = JSON.parse(text('package.json'));

/** They have a script, and do without it: see "No package runs a script at its installation" in DECISIONS. */
const SCRIPTS_NOT_RUN = ['@prisma/engines', 'esbuild', 'koffi', 'onnxruntime-node', 'prisma', 'tfjs-tflite-node'];

test('no package in the lock has a weakness that its next version mended', () => {
  assert.deepEqual(weak(lock), []);
});

test('each package with a minimum version is there, and no copy on the disk is another than the lock says', () => {
  const places = Object.keys(lock.packages).filter((place) => place !== '' && Object.hasOwn(MINIMUM, nameOf(place)));
  const missing = Object.keys(MINIMUM).filter((name) => !places.some((place) => nameOf(place) === name));
  assert.deepEqual(missing, [], 'what is gone needs no minimum');
  for (const place of places.filter((each) => existsSync(join(root, each, 'package.json'))))
    assert.equal(JSON.parse(text(`${place}/package.json`)).version, lock.packages[place]?.version, place);
});

test('an old copy is found wherever it is nested, and a release candidate is older than its release', () => {
  const nested = { packages: { '': {}, 'node_modules/a/node_modules/ws': { version: '8.17.0' } } };
  assert.match(weak(nested)[0] ?? '', /^ws 8\.17\.0 in node_modules\/a\/.* is older than 8\.17\.1 \(CVE-2024-37890\)$/);
  assert.deepEqual(weak({ packages: { 'node_modules/ws': { version: '8.17.1' } } }), []);
  assert.equal(isOlder('19.2.1-rc.1', '19.2.1'), true);
  assert.equal(isOlder('16.10.0', '16.9.9'), false);
});

test('every package in the lock has a licence that is allowed, and what ships one that may be passed on', () => {
  assert.deepEqual(unlicensed(lock), []);
  const shipped = shippedPackages(root).filter(({ licence }) => !mayShip(licence));
  assert.deepEqual(
    shipped.map(({ name, licence }) => `${name}: ${licence}`),
    [],
  );
});

test('a licence is allowed when one of its alternatives is, or all of its parts are', () => {
  const said = (license: string) => unlicensed({ packages: { 'node_modules/x': { license } } });
  for (const good of ['MIT', '(GPL-3.0-only OR MIT)', 'Apache-2.0 AND LGPL-3.0-or-later'])
    assert.deepEqual(said(good), []);
  for (const bad of ['AGPL-3.0-only', 'MIT AND GPL-3.0-only', 'UNLICENSED', '']) assert.equal(said(bad).length, 1, bad);
  assert.equal(mayShip('MPL-2.0'), false);
  assert.deepEqual(unlicensed({ packages: { 'node_modules/x': {} } }), ['x: no licence']);
});

test('only packages that are known for it have a script for their installation, and none is run', () => {
  assert.deepEqual(withScripts(lock), SCRIPTS_NOT_RUN);
  assert.match(text('.npmrc'), /^ignore-scripts=true$/m);
  const decisions = text('server/DECISIONS.md');
  const direct = { ...manifest.dependencies, ...manifest.devDependencies };
  for (const name of SCRIPTS_NOT_RUN.filter((each) => Object.hasOwn(direct, each)))
    assert.ok(decisions.includes(`\`${name}\``), `server/DECISIONS.md says nothing of ${name}`);
});

test('every direct dependency is one exact version, as in the lock, and every package is held to its digest', () => {
  assert.deepEqual(unpinned(manifest), []);
  assert.deepEqual(unpinned({ dependencies: { a: '^1.0.0', b: 'latest', c: '1.0', d: 'file:../d' } }).length, 4);
  const said = lock.packages[''] as Manifest;
  assert.deepEqual([said.dependencies, said.devDependencies], [manifest.dependencies, manifest.devDependencies]);
  assert.deepEqual(unverified(lock), []);
});
