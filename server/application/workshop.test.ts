import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdictIn } from './workshop.ts';

const said = '{"ok":false,"error":"too deep"}';

test('what a library writes before the verdict is passed over, and no verdict is a refusal, not the end of the server', () => {
  assert.deepEqual(verdictIn(`${said}\n`), { ok: false, error: 'too deep' });
  assert.deepEqual(verdictIn(`[W:onnxruntime] odd node\n${said}\n`), { ok: false, error: 'too deep' });
  for (const nothing of ['', 'Segmentation fault', '{"ok":true}', '{']) assert.equal(verdictIn(nothing).ok, false);
});
