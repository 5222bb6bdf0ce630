import type { RaceRound } from '../../../server/panel/wire.ts';

/** A stretch of time under one policy. */
export interface Reign {
  readonly policy: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Who was in charge when: rounds with the same winner in a row are one reign; the last goes on to the end. Whoever came out of
 * the first rehearsal without having taken over had been in charge from the start.
 */
export function reignsOf(rounds: readonly RaceRound[], endMs: number): Reign[] {
  const reigns: { policy: string; fromMs: number; toMs: number }[] = [];
  for (const { atMs, winner, switched } of rounds) {
    const last = reigns.at(-1);
    if (last) last.toMs = atMs;
    const fromMs = last || switched ? atMs : 0;
    if (last?.policy !== winner) reigns.push({ policy: winner, fromMs, toMs: atMs });
  }
  const last = reigns.at(-1);
  if (last) last.toMs = Math.max(last.toMs, endMs);
  return reigns;
}

/** Every policy that was ever rehearsed, in the order in which they came. */
export const candidatesOf = (rounds: readonly RaceRound[]): string[] => [
  ...new Set(rounds.flatMap(({ entries, winner }) => [...entries.map(({ policy }) => policy), winner])),
];

/** The share of the time in which each was in charge, longest first. */
export function sharesOf(reigns: readonly Reign[]): { policy: string; share: number }[] {
  const total = reigns.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const byPolicy = new Map<string, number>();
  for (const { policy, fromMs, toMs } of reigns) byPolicy.set(policy, (byPolicy.get(policy) ?? 0) + toMs - fromMs);
  return [...byPolicy]
    .map(([policy, ms]) => ({ policy, share: total > 0 ? ms / total : 0 }))
    .sort((a, b) => b.share - a.share);
}
