import type { PictureView } from '../../server/panel/wire.ts';

/** What is looked at: the reader's own file, or one that the board keeps. */
export type Picture =
  | { readonly kind: 'file'; readonly file: File; readonly name: string; readonly url: string }
  | { readonly kind: 'kept'; readonly sha256: string; readonly name: string; readonly url: string };

export const keptPicture = ({ sha256, name }: PictureView): Picture => ({
  ...{ kind: 'kept', sha256, name },
  url: `/api/v1/pictures/${sha256}`,
});

export const MOST_BYTES = 20 * 1024 ** 2;

/** By its first bytes, as the board itself tells: said before anything is sent, in the reader's language. */
export async function beginsAsPicture(file: Blob): Promise<boolean> {
  const first = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const starts = (...bytes: number[]) => bytes.every((byte, i) => first[i] === byte);
  return starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff);
}
