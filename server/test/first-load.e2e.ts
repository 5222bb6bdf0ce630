import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstLoad } from '../../scripts/bench/first-load.ts';

/** The goal is 180: a phone on the board's own Wi-Fi. A little more is let pass, a library that slipped in is not. */
const MOST_KIB = 184;

test('no page asks a browser for more script than it needs to come alive', () => {
  const heavy = Object.entries(firstLoad()).filter(([, kib]) => kib > MOST_KIB);
  assert.deepEqual(heavy, []);
});
