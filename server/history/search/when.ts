const HOUR_MS = 3_600_000;
const AGE_MS: Readonly<Record<string, number>> = { h: HOUR_MS, d: 24 * HOUR_MS, w: 7 * 24 * HOUR_MS };

/** The moment that a search's date begins, by the board's own clock and time zone. */
export function beginningOf(date: string, now: Date): Date {
  const [, age, unit] = /^(\d+)([hdw])$/.exec(date) ?? [];
  if (age !== undefined) return new Date(now.getTime() - Number(age) * AGE_MS[unit!]!); // one of h, d, w
  if (date === 'today' || date === 'yesterday') {
    const back = date === 'today' ? 0 : 1;
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() - back);
  }
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = date.split(/[-t:]/).map(Number);
  return new Date(year, month - 1, day, hour, minute);
}
