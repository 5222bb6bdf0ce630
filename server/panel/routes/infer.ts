import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod';
import { examinePicture } from '../../application/picture-store.ts';
import { artefactFor, canRun, fileFor } from '../../hardware/artefact.ts';
import type { Board, UnitSpec } from '../../hardware/board.ts';
import type { UnitId } from '../../hardware/unit.ts';
import { readBytes, readJson, uploadsIn } from '../body.ts';
import { badRequest, conflict, notFound, parse, Refusal } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import type { InferenceView } from '../wire.ts';

const MOST_BYTES = 20 * 1024 * 1024;

const wanted = {
  model: z.string().min(1, 'must not be empty').max(64),
  unit: z.string().max(97).optional(),
  board: z.string().max(64).optional(),
};
const inQuery = z.object(wanted);
const inBody = z.strictObject({
  ...wanted,
  picture: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be a sha256 in hexadecimal')
    .optional(),
});
type Wanted = z.output<typeof inQuery>;

interface Shown {
  readonly file: string;
  readonly width: number;
  readonly height: number;
}

/** One inference for whoever waits for it. */
export const inferRoutes = (site: Site): Routes => ({
  'POST /api/v1/infer': async ({ req, query }) => {
    if (/^application\/octet-stream\s*(;|$)/i.test(req.headers['content-type'] ?? '')) {
      const question = parse(inQuery, Object.fromEntries(query));
      const units = candidates(site, question); // a mistake in the address is told before the picture is looked at
      return withPicture(site, req, async (picture) => ({ json: await infer(site, question.model, units, picture) }));
    }
    const { picture, ...question } = parse(inBody, await readJson(req));
    const found = picture === undefined ? null : site.pictures.find(picture);
    if (found === undefined) throw notFound('there is no such picture');
    return { json: await infer(site, question.model, candidates(site, question), found) };
  },
});

async function infer(
  site: Site,
  model: string,
  units: readonly UnitSpec[],
  picture: Shown | null,
): Promise<InferenceView> {
  const { conductor, fleet, models } = site;
  const looks = units.some(({ latencyMs }) => latencyMs === null);
  if (picture === null && looks) throw badRequest('choose a picture: a real unit looks at one');
  const holder = conductor.holder();
  if (holder !== null) throw conflict(`${holder}; ask again when that is over`);
  const ids = units.map(({ id }) => id as UnitId);
  const served = await conductor.infer({ model, units: ids, picture: looks ? (picture?.file ?? null) : null });
  if (!served.ok) throw new Refusal(503, 'not_served', served.error);
  const { top, ...how } = served.value;
  const held = models.list().find(({ id }) => id === model);
  return {
    ...{ model, trained: held?.trained ?? false, ...how },
    source: fleet.unit(how.unit)?.source ?? 'simulated',
    picture: picture && { width: picture.width, height: picture.height },
    top: top === null ? null : top.map(({ index, logit }) => ({ index, logit, label: held?.labels?.[index] ?? null })),
  };
}

/** The unit that was named; else those of the board that was; else real ones, where some can run the model; else all. */
function candidates(site: Site, { model, unit, board }: Wanted): readonly UnitSpec[] {
  const boards = site.fleet.boards();
  const held = site.models.list().find(({ id }) => id === model);
  if (!held && !boards.some(({ models }) => (models as readonly string[]).includes(model)))
    throw notFound(`there is no model "${model}"`);
  const asked = unit === undefined ? unnamed(site, boards, board) : named(boards, unit);
  const files = held?.files ?? [];
  const able = asked.filter((each) => canRun(each, model) && (each.latencyMs || fileFor(each, files) !== null));
  if (able.length === 0) {
    const written = !asked.some((each) => !each.latencyMs && artefactFor(each, files));
    throw badRequest(written ? `none of these units can run "${model}"` : notYet(model));
  }
  const real = able.filter(({ source }) => source === 'hardware');
  return board === undefined && real.length > 0 ? real : able;
}

function named(boards: readonly Board[], unit: string): readonly UnitSpec[] {
  const found = boards.flatMap((board) => board.units).find(({ id }) => id === unit);
  if (!found) throw notFound(`there is no unit "${unit}"`);
  return [found];
}

/** Excluded units are not offered work by themselves. */
function unnamed({ exclusions }: Site, boards: readonly Board[], board: string | undefined): readonly UnitSpec[] {
  if (board !== undefined && !boards.some(({ id }) => id === board)) throw notFound(`there is no board "${board}"`);
  const units = boards.filter(({ id }) => board === undefined || id === board).flatMap((each) => each.units);
  const offered = units.filter(({ id }) => exclusions.of(id) === null);
  if (offered.length === 0) throw badRequest('all of these units are excluded; name the one that is to serve it');
  return offered;
}

const notYet = (model: string): string => `the model "${model}" is still being prepared; try again in a moment`;

/** The picture that was sent, in a file of its own, which is gone afterwards. */
async function withPicture<T>({ config }: Site, req: IncomingMessage, use: (picture: Shown) => Promise<T>): Promise<T> {
  const bytes = await readBytes(req, MOST_BYTES);
  const looked = await examinePicture(bytes, '');
  if (!looked.ok) throw new Refusal(400, 'invalid_picture', looked.error);
  const folder = uploadsIn(config.dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, randomUUID());
  try {
    await writeFile(file, bytes, { mode: 0o600 });
    return await use({ ...looked.value, file });
  } finally {
    await rm(file, { force: true });
  }
}
