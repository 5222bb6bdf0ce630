import * as z from 'zod';
import { type ExperimentSpec, experimentSpec } from '../../application/experiment.ts';
import { readJson } from '../body.ts';
import { notFound, parse, Refusal } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import type { Estimate, ExperimentView } from '../wire.ts';

const pageQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,12}$/, 'is not a cursor')
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const numberedId = z
  .string()
  .regex(/^\d{1,12}$/, 'is not a number')
  .transform(Number);

/** Questions asked of the board. */
export function experimentRoutes(site: Site): Routes {
  const { conductor, history, policies } = site;
  return {
    'GET /api/v1/policies': () => ({ json: policies.map(({ name, summary }) => ({ name, summary })) }),
    'POST /api/v1/estimate': async ({ req }) => ({
      json: await estimate(site, parse(experimentSpec, await readJson(req))),
    }),
    'POST /api/v1/experiments': async ({ req, visitor }) => {
      const spec = parse(experimentSpec, await readJson(req));
      return { status: 201, json: await launch(site, spec, visitor?.name ?? '') };
    },
    'GET /api/v1/experiments': async ({ query }) => {
      const { cursor, limit } = parse(pageQuery, Object.fromEntries(query));
      const before = cursor === undefined ? undefined : Number(cursor);
      return { json: await history.browse.experiments({ limit, before }) };
    },
    'GET /api/v1/experiments/:id': async ({ params }) => ({ json: await experiment(site, params.id) }),
    'POST /api/v1/experiments/:id/stop': async ({ req, params }) => {
      const { id } = await experiment(site, params.id);
      await readJson(req);
      await conductor.stop(id);
      return { json: await experiment(site, String(id)) };
    },
  };
}

/** The same through REST and the socket. */
export async function launch({ conductor, history }: Site, spec: ExperimentSpec, by: string): Promise<ExperimentView> {
  const launched = await conductor.launch(spec, by);
  if (!launched.ok) throw new Refusal(...refusalOf(launched.error));
  const view = await history.browse.experiment(launched.value);
  if (!view) throw new Error(`experiment ${launched.value} was kept and cannot be found`);
  return view;
}

/** What the person can change is 400; what only time or an administrator changes is 503. */
function refusalOf(error: string): [number, string, string, undefined, Record<string, string>] {
  const busy = /already$|being stopped$|MB left|being prepared/.test(error);
  return busy ? [503, 'busy', error, undefined, { 'retry-after': '30' }] : [400, 'invalid', error, undefined, {}];
}

async function estimate({ conductor }: Site, spec: ExperimentSpec): Promise<Estimate> {
  const said = await conductor.estimate(spec);
  if (!said.ok) throw new Refusal(...refusalOf(said.error));
  return said.value;
}

async function experiment({ history }: Site, id: string | undefined): Promise<ExperimentView> {
  const view = await history.browse.experiment(parse(numberedId, id));
  if (!view) throw notFound('there is no such experiment');
  return view;
}
