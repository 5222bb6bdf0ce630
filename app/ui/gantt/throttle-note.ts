/** Which share of its full clock a throttled machine was held at, by the note's words; 1 where only a brake said so. */
export const heldShareOf = (text: string): number => Number(/held at (\d+) %/.exec(text)?.[1] ?? 100) / 100;

/** How hot it was then, and where. */
export function heatOf(text: string): { readonly temperatureC: number; readonly zone: string } | null {
  const [, degrees, zone] = / at ([\d.]+) °C \((.+)\)$/.exec(text) ?? [];
  return degrees && zone ? { temperatureC: Number(degrees), zone } : null;
}
