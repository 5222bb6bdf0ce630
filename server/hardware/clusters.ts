import { namesIn, numberIn } from './kernel-files.ts';

const CPUS = '/sys/devices/system/cpu';
/** Cores of one kind differ by a few percent where some of them may boost further. */
const CLEARLY = 1.2;

/**
 * The fast cores of a processor that has two kinds (big.LITTLE), in order; null where all are alike, or the kernel does not say. By
 * `cpu_capacity`, which tells kinds apart at any clock; kernels before 4.13 have only the highest clock of each.
 */
export function bigCores(root = ''): readonly number[] | null {
  const cores = namesIn(`${root}${CPUS}`)
    .filter((name) => /^cpu\d+$/.test(name))
    .map((name) => ({ core: Number(name.slice(3)), strength: strengthOf(`${root}${CPUS}/${name}`) }));
  const strengths = cores.map(({ strength }) => strength).filter((strength) => strength !== null);
  if (strengths.length === 0 || strengths.length < cores.length) return null;
  const least = Math.min(...strengths);
  const big = cores.filter(({ strength }) => strength !== null && strength >= least * CLEARLY);
  return big.length === 0 ? null : big.map(({ core }) => core);
}

const strengthOf = (cpu: string): number | null =>
  numberIn(`${cpu}/cpu_capacity`) ?? numberIn(`${cpu}/cpufreq/cpuinfo_max_freq`);
