import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { shippedPackages } from './licences.mjs';

const packages = shippedPackages(join(dirname(fileURLToPath(import.meta.url)), '..'));
const named = (name: string) => packages.find((each) => each.name === name);

test('whatever ships is listed, with all that it needs', () => {
  for (const name of ['react', 'socket.io', 'zod', 'lucide-react', 'uplot', '@fontsource-variable/noto-sans-kr'])
    assert.ok(named(name), name);
  assert.ok(named('engine.io'), 'what socket.io needs');
  assert.ok(named('@floating-ui/dom'), 'what a menu needs');
});

test('tools of development are not', () => {
  for (const name of ['@biomejs/biome', 'typescript', 'esbuild', 'playwright-core', 'tailwindcss', '@types/react'])
    assert.equal(named(name), undefined, name);
});

test('each has a licence, and its text where the package brings one', () => {
  assert.deepEqual(
    packages.filter(({ licence }) => licence === 'unknown').map(({ name }) => name),
    [],
  );
  assert.match(named('react')?.text ?? '', /Permission is hereby granted/);
  assert.equal(named('@fontsource-variable/inter')?.licence, 'OFL-1.1');
});
