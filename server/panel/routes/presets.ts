import * as z from 'zod';
import { experimentSpec } from '../../application/experiment.ts';
import { readJson } from '../body.ts';
import { badRequest, notFound, parse } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';

const newPreset = z.strictObject({
  name: z.string().trim().min(1, 'must not be empty').max(120, 'may have 120 characters at most'),
  spec: experimentSpec,
});
const MOST = 200;

/** Questions that are asked again and again. */
export function presetRoutes({ history: { presets } }: Site): Routes {
  return {
    'GET /api/v1/presets': async () => ({ json: await presets.list() }),
    'POST /api/v1/presets': async ({ req, visitor }) => {
      const preset = parse(newPreset, await readJson(req));
      const others = (await presets.list()).filter(({ name }) => name !== preset.name);
      if (others.length >= MOST) throw badRequest(`there are ${MOST} presets already; delete one first`);
      return { status: 201, json: await presets.put({ ...preset, createdBy: visitor?.name ?? '' }) };
    },
    'DELETE /api/v1/presets/:id': async ({ params }) => {
      if (!(await presets.remove(params.id ?? ''))) throw notFound('there is no such preset');
      return { json: {} };
    },
  };
}
