import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { temporaryFolder } from '../product.ts';
import { compiledShim, powerCuts } from './trial.ts';

// npx switchyard bench durability:power does the same a thousand times.

const folder = temporaryFolder();
after(folder.remove);
const shim = compiledShim(folder.path);
const skip = shim ? false : 'gcc is not installed here';
const trial = (synchronous: 'FULL' | 'NORMAL') =>
  powerCuts({ shim: shim ?? '', experiments: 20, states: 60, synchronous, seed: 7 });

test('what was acknowledged is there after a power cut, at whatever moment', { skip }, async () => {
  const { states, statesWithLosses, corrupt, unopenable } = await trial('FULL');
  assert.deepEqual([states, statesWithLosses, corrupt, unopenable], [60, 0, 0, 0]);
});

test('the same trial finds what a weaker setting loses', { skip }, async () => {
  const { statesWithLosses } = await trial('NORMAL');
  assert.ok(statesWithLosses > 20, `${statesWithLosses} of 60`);
});
