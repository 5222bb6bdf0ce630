import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './product.ts';

// FAULTS.md says which test proves what; it must not speak of tests that are not there, nor leave out a fault that is promised.

const text = readFileSync(join(root, 'server/test/FAULTS.md'), 'utf8');
const numbered = (letter: string, upTo: number) => Array.from({ length: upTo }, (_, n) => `${letter}${n + 1}`);

test('every fault is there, and each test that it names', () => {
  const rows = text.split('\n').filter((line) => /^\| [A-Z]\d/.test(line));
  const ids = rows.flatMap(
    (row) =>
      row
        .split('|')[1]
        ?.split(',')
        .map((id) => id.trim()) ?? [],
  );
  assert.deepEqual([...ids].sort(), [...numbered('R', 28), ...numbered('S', 8), 'U1', 'B1'].sort());
  const named = [...text.matchAll(/`([\w./-]+\.(?:test|e2e)\.ts)`/g)].map(([, file]) => file ?? '');
  assert.ok(named.length >= rows.length);
  assert.deepEqual(
    named.filter((file) => !existsSync(join(root, file))),
    [],
  );
});

test('every benchmark that it names is one', () => {
  const command = readFileSync(join(root, 'scripts/bench-command.ts'), 'utf8');
  const named = [...text.matchAll(/\| ([^|]*) \|$/gm)].flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`([a-z:-]+)(?: --[^`]*)?`/g)].map(([, name]) => name ?? ''),
  );
  assert.ok(named.length > 10);
  const known = (name: string) => new RegExp(`['\\s]${name}'?:`).test(command) || name.startsWith('panel:');
  assert.deepEqual(
    named.filter((name) => !known(name)),
    [],
  );
});
