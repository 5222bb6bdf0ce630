import type { RunView } from '../../server/panel/wire.ts';

/**
 * Runs whose policy was faster, by the mean over its repeats, than every other of their experiment. Of the newest runs, `all`
 * when there are no older ones: an experiment of which some may be missing has no winner, nor has one that is not over.
 */
export function fastestOf(runs: readonly RunView[], all: boolean): ReadonlySet<number> {
  const oldest = Math.min(...runs.map(({ id }) => id));
  const experiments = new Set(runs.map(({ experiment }) => experiment));
  const cut = all ? null : runs.find(({ id }) => id === oldest)?.experiment;
  return new Set(
    [...experiments]
      .filter((experiment) => experiment !== cut)
      .flatMap((experiment) => winners(runs.filter((run) => run.experiment === experiment))),
  );
}

function winners(runs: readonly RunView[]): number[] {
  if (runs.some(({ status }) => status === 'queued' || status === 'running')) return [];
  const means = [...new Set(runs.map(({ policy }) => policy))].map((policy) => ({
    policy,
    rate: mean(runs.flatMap((run) => (run.policy === policy ? (run.throughput ?? []) : []))),
  }));
  const [best, next] = means.filter(({ rate }) => rate > 0).sort((a, b) => b.rate - a.rate);
  if (!best || !next || best.rate === next.rate) return [];
  return runs.filter(({ policy }) => policy === best.policy).map(({ id }) => id);
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
