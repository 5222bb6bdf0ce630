/** Cost of replacing a model by another on one unit, milliseconds, by index of the model; `from` null: a free slot is filled. */
export type SwitchMs = (from: number | null, to: number) => number;

/** Up to so many models every order is tried. */
const TRIED = 6;

/**
 * Least milliseconds of switching to serve all of `models`, each in one go, on a unit that begins with `resident` (least
 * recently used first) in `slots`: those that are resident first, then the best order of the rest.
 */
export function switchPath(
  models: readonly number[],
  resident: readonly number[],
  slots: number,
  cost: SwitchMs,
): { ms: number; order: number[] } {
  const here = resident.filter((m) => models.includes(m));
  const others = resident.filter((m) => !models.includes(m));
  const rest = models.filter((m) => !resident.includes(m));
  const held = [...others, ...here];
  if (rest.length === 0 || rest.length + held.length <= slots) return { ms: 0, order: [...here, ...rest] };
  const begin = { ms: 0, held, order: here };
  if (rest.length > TRIED) return rest.reduce((at, m) => load(at, m, slots, cost), begin);
  let best = { ms: Number.POSITIVE_INFINITY, order: [] as number[] };
  const visit = (at: typeof begin, left: readonly number[]) => {
    if (at.ms >= best.ms) return;
    if (left.length === 0) best = { ms: at.ms, order: at.order };
    for (const m of left)
      visit(
        load(at, m, slots, cost),
        left.filter((other) => other !== m),
      );
  };
  visit(begin, rest);
  return best;
}

interface Walk {
  readonly ms: number;
  readonly held: number[];
  readonly order: number[];
}

function load({ ms, held, order }: Walk, model: number, slots: number, cost: SwitchMs): Walk {
  const leaving = held.length < slots ? null : (held[0] ?? null);
  const stays = leaving === null ? held : held.slice(1);
  return { ms: ms + cost(leaving, model), held: [...stays, model], order: [...order, model] };
}
