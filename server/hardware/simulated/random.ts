/** Uniform in [0, 1). */
export type Random = () => number;

/** Seeded and repeatable: mulberry32 (Tommy Ettinger, public domain), started from a hash of all parts of the seed. */
export function createRandom(...seed: readonly (number | string)[]): Random {
  let state = hash(seed.join('/'));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** Exponential with mean 1: the gaps of a Poisson process. */
export const exponential = (random: Random): number => -Math.log(1 - random());

/** Log-normal with mean 1 and this coefficient of variation (Box-Muller for the normal). */
export function logNormal(random: Random, cv: number): number {
  const variance = Math.log(1 + cv * cv);
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.exp(Math.sqrt(variance) * normal - variance / 2);
}
