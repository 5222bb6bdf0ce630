import { FORMAT, FORMATS, type Format, formatOf } from '../../server/hardware/artefact.ts';

/** What units read as one file here, though OpenVINO writes two. */
const PAIR = { network: '.xml', weights: '.bin' } as const;
export const ENDS: readonly string[] = [
  ...FORMATS.filter((format) => format !== 'ir').map((format) => FORMAT[format].ending),
  `${PAIR.network} + ${PAIR.weights}`,
];
export const ACCEPTED = [...FORMATS.map((format) => FORMAT[format].ending), PAIR.network, PAIR.weights];

interface Named {
  readonly name: string;
}

/** `waiting`: half a pair, and the end of the name of what belongs to it. */
export type Chosen<F extends Named> =
  | { readonly is: 'one'; readonly file: F; readonly format: Format }
  | { readonly is: 'pair'; readonly network: F; readonly weights: F }
  | { readonly is: 'waiting'; readonly file: F; readonly missing: string }
  | { readonly is: 'unknown'; readonly file: F };

/** What was chosen, together with the half that was chosen before. */
export function chosenAmong<F extends Named>(files: readonly F[], before: F | null): Chosen<F> | null {
  const ends = (end: string) => (file: F) => file.name.toLowerCase().endsWith(end);
  const all = before === null ? files : [...files, before];
  const network = all.find(ends(PAIR.network));
  const weights = all.find(ends(PAIR.weights));
  const isHalf = files.some(ends(PAIR.network)) || files.some(ends(PAIR.weights));
  if (isHalf && network && weights) return { is: 'pair', network, weights };
  const [file] = files;
  if (!file) return null;
  if (file === network) return { is: 'waiting', file, missing: PAIR.weights };
  if (file === weights) return { is: 'waiting', file, missing: PAIR.network };
  const format = formatOf(file.name);
  return format === null ? { is: 'unknown', file } : { is: 'one', file, format };
}
