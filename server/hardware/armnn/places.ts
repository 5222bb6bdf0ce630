import { fileURLToPath } from 'node:url';
import { placesOf } from '../computing/foreign.ts';

const NAME = 'libswitchyard-armnn.so';

/** Where the bridge may be: as told, or where `npm run build:armnn` puts it, beside the built programs. */
export function armnnPlaces(told: string | null, env: NodeJS.ProcessEnv = process.env): string[] {
  const usual = [`./${NAME}`, `../../../dist/${NAME}`].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return placesOf(told, env.SWITCHYARD_ARMNN, usual);
}
