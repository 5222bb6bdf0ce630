import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEngine } from './engine.ts';

test('an engine answers when it is asked for a sign of life, and one that is gone does not', async () => {
  const engine = startEngine();
  try {
    const events: unknown[] = [];
    engine.on((event) => events.push(event));
    assert.equal(await engine.answers(20_000), true);
    assert.deepEqual(events, [], 'it is no event');
  } finally {
    await engine.close();
  }
  assert.equal(await engine.answers(50), false);
});
