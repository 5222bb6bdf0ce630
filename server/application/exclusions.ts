/** Why a unit is left out of new experiments. */
export interface Exclusion {
  /** A person's words; empty: none were given. */
  readonly reason: string;
  readonly who: string;
  /** ISO. */
  readonly at: string;
}

/** Units that new experiments begin without. A person may still choose one. */
export interface Exclusions {
  of(unit: string): Exclusion | null;
  exclude(unit: string, exclusion: Exclusion): Promise<void>;
  /** False when it was not excluded. */
  include(unit: string): Promise<boolean>;
}

export async function openExclusions(shelf: {
  list(): Promise<ReadonlyMap<string, Exclusion>>;
  put(unit: string, exclusion: Exclusion): Promise<void>;
  remove(unit: string): Promise<void>;
}): Promise<Exclusions> {
  const excluded = new Map(await shelf.list());
  return {
    of: (unit) => excluded.get(unit) ?? null,
    async exclude(unit, exclusion) {
      await shelf.put(unit, exclusion);
      excluded.set(unit, exclusion);
    },
    async include(unit) {
      if (!excluded.has(unit)) return false;
      await shelf.remove(unit);
      return excluded.delete(unit);
    },
  };
}
