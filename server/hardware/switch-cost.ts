/** Milliseconds to replace a resident model: the same for every pair, or from → to; a pair that is not named costs nothing. */
export type SwitchCost = number | Readonly<Record<string, Readonly<Record<string, number>>>>;

export function switchCostMs(cost: SwitchCost, from: string, to: string): number {
  if (typeof cost === 'number') return cost;
  const row = Object.hasOwn(cost, from) ? cost[from]! : undefined; // a model may be called "constructor", which every object has
  return row && Object.hasOwn(row, to) ? row[to]! : 0; // as above
}
