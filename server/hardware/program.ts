import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where a built program lies: beside the one that asks, or in dist/ when the sources themselves are run (tests). */
export function builtProgram(name: string): string {
  const found = placeOf(name);
  if (!found) throw new Error(`the program ${name} is not built; run "npm run build"`);
  return found;
}

export const isBuilt = (name: string): boolean => placeOf(name) !== undefined;

function placeOf(name: string): string | undefined {
  const places = [new URL(`./${name}.js`, import.meta.url), new URL(`../../dist/${name}.js`, import.meta.url)];
  return places.map((place) => fileURLToPath(place)).find((file) => existsSync(file));
}
