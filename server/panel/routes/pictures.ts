import { createReadStream } from 'node:fs';
import * as z from 'zod';
import { checkBinary, readBytes } from '../body.ts';
import { conflict, notFound, parse, Refusal } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { HeldPicture, Site } from '../site.ts';
import type { PictureView } from '../wire.ts';

const MOST_BYTES = 20 * 1024 * 1024;
const newPicture = z.object({ name: z.string().trim().min(1, 'must not be empty').max(120).default('picture') });

/** What the models look at. */
export function pictureRoutes({ pictures, history }: Site): Routes {
  const known = (sha256: string): HeldPicture => {
    const picture = pictures.find(sha256);
    if (!picture) throw notFound('there is no such picture');
    return picture;
  };
  return {
    'GET /api/v1/pictures': () => ({ json: pictures.list().map(pictureView) }),
    'POST /api/v1/pictures': async ({ req, query }) => {
      const { name } = parse(newPicture, Object.fromEntries(query));
      checkBinary(req);
      const added = await pictures.add(await readBytes(req, MOST_BYTES), name);
      if (!added.ok) throw new Refusal(400, 'invalid_picture', added.error);
      return { status: 201, json: pictureView(added.value) };
    },
    // The address is the content's own hash: what was fetched once is never fetched again.
    'GET /api/v1/pictures/:sha256': ({ params }) => {
      const { file, type } = known(params.sha256 ?? '');
      return {
        type,
        body: createReadStream(file),
        headers: { 'cache-control': 'private, max-age=31536000, immutable' },
      };
    },
    'DELETE /api/v1/pictures/:sha256': async ({ params }) => {
      const { sha256 } = known(params.sha256 ?? '');
      const open = await history.browse.openExperiments();
      if (open.some(({ spec }) => spec.pictures.includes(sha256)))
        throw conflict('an experiment that runs or waits uses this picture; stop it first');
      const removed = await pictures.remove(sha256);
      if (!removed.ok) throw conflict(removed.error);
      return { json: {} };
    },
  };
}

export const pictureView = ({ sha256, name, width, height, sample }: HeldPicture): PictureView => ({
  ...{ sha256, name, width, height, sample },
});
