import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sweepUploads, uploadsIn } from './body.ts';

test('an upload that a killed server left half taken in is swept, and nothing beside it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'switchyard-test-'));
  mkdirSync(uploadsIn(dataDir));
  writeFileSync(join(uploadsIn(dataDir), 'half'), 'half');
  writeFileSync(join(dataDir, 'kept'), 'kept');
  await sweepUploads(uploadsIn(dataDir));
  await sweepUploads(uploadsIn(dataDir));
  assert.deepEqual([existsSync(uploadsIn(dataDir)), existsSync(join(dataDir, 'kept'))], [false, true]);
  rmSync(dataDir, { recursive: true });
});
