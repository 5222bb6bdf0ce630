/** Twenty times a second is what an eye can follow. */
const SHORTEST_MS = 50;
/** What each live connection costs at that pace is paid by the board: a larger crowd is told less often, five times a second at least. */
const CROWD = 64;
const LONGEST_MS = 200;

/** How long after a change so many live connections are told of it, together with all that came meanwhile. */
export const tellAfterMs = (clients: number): number =>
  Math.min(LONGEST_MS, SHORTEST_MS * Math.max(1, Math.ceil(clients / CROWD)));
