/** Mean milliseconds of each model on a unit. */
export type Row = Readonly<Record<string, number | null>>;

/** `null`: it cannot run there. A model may be called "constructor", which every object has. */
export const timeIn = (row: Row, model: string): number | null =>
  Object.hasOwn(row, model) ? (row[model] ?? null) : null;
