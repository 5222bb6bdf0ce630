/** Characters of a new password, at least: the board's door and the panel's forms ask for the same. */
export const SHORTEST_PASSWORD = 10;
