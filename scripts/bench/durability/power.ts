import { compiledShim, powerCuts } from '../../../server/test/power-cut/trial.ts';
import { temporaryFolder } from '../../../server/test/product.ts';
import { Unusable } from '../../unusable.ts';

const SEED = 42;
const EXPERIMENTS = 100;

/** Power cuts at so many moments of one recorded process; and the same with a weaker setting, which must show losses. */
export async function benchPower(states: number) {
  const folder = temporaryFolder();
  try {
    const shim = compiledShim(folder.path);
    if (!shim) throw new Unusable('power cuts are made with a shim in C, and gcc is not installed here');
    const trial = (synchronous: 'FULL' | 'NORMAL') =>
      powerCuts({ shim, experiments: EXPERIMENTS, states, synchronous, seed: SEED });
    return { asItIs: await trial('FULL'), controlNormal: await trial('NORMAL') };
  } finally {
    folder.remove();
  }
}
