import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bareLoop } from './bare-loop.ts';
import { tinyModel } from './tiny-model.ts';

test('the bare loop runs every job and says what a model takes on average', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'switchyard-loop-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'tiny.onnx');
  writeFileSync(file, tinyModel());
  const order = Array.from({ length: 30 }, (_, i) => ({ model: i % 3 === 0 ? 'a' : 'b', input: i % 2 }));
  const pictures = ['cat.png', 'leaf.jpg'].map((name) =>
    fileURLToPath(new URL(`../../../public/samples/${name}`, import.meta.url)),
  );
  const loop = await bareLoop({
    models: [
      { id: 'a', file },
      { id: 'b', file },
    ],
    pictures,
    order,
    threads: 1,
  });
  assert.deepEqual(Object.keys(loop.perModel), ['a', 'b']);
  const { a = 0, b = 0 } = loop.perModel;
  assert.ok(a > 0 && b > 0);
  assert.ok(loop.totalMs >= 10 * a + 20 * b, 'the whole took less than its parts');
});
