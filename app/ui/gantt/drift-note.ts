const DRIFT = /^(.+) takes ([\d.]+) times as long as before$/;

/** What a drift's note is about: "it" is the whole unit, else models by name. Null: the note says something else. */
export function driftOf(text: string): { readonly whose: string; readonly factor: number } | null {
  const [, whose, times] = DRIFT.exec(text) ?? [];
  const factor = Number(times);
  return whose && factor > 0 ? { whose, factor } : null;
}
