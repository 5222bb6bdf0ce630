import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dismiss, speak, toast, useToasts } from './toasts.ts';

const shown = () => useToasts.getState();

test('the newest four are shown, each goes alone, and each is spoken', () => {
  const ids = [1, 2, 3, 4, 5].map((n) => toast({ kind: 'info', text: `No. ${n}` }));
  assert.deepEqual(
    shown().toasts.map(({ text }) => text),
    ['No. 2', 'No. 3', 'No. 4', 'No. 5'],
  );
  assert.equal(shown().spoken, 'No. 5');
  dismiss(ids[2] ?? 0);
  assert.deepEqual(
    shown().toasts.map(({ id }) => id),
    [ids[1], ids[3], ids[4]],
  );
});

test('what is only spoken covers nothing', () => {
  const before = shown().toasts;
  speak('Run 7 is done.');
  assert.equal(shown().spoken, 'Run 7 is done.');
  assert.equal(shown().toasts, before);
});
