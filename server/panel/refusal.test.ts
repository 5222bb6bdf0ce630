import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { parse, Refusal } from './refusal.ts';

test('a request with very many mistakes is answered in a few lines, not in its own length', () => {
  const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, i]));
  for (const [schema, input] of [
    [z.strictObject({ a: z.string() }), many],
    [z.array(z.string()), Object.values(many)],
  ] as const) {
    assert.throws(
      () => parse(schema, input),
      (error) => error instanceof Refusal && JSON.stringify([error.message, error.fields]).length < 10_000,
    );
  }
});

test('a sentence is one line, whatever it names', () => {
  const { message } = new Refusal(404, 'not_found', 'there is no board "a\r\nb\u2028c\0"');
  assert.equal(message, 'there is no board "a b c "');
});
