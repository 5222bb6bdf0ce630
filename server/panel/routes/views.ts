import * as z from 'zod';
import { readJson } from '../body.ts';
import { badRequest, notFound, parse } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import { searchOf } from './run-search.ts';

const name = z.string().trim().min(1, 'must not be empty').max(60, 'may have 60 characters at most');
const query = z
  .string()
  .max(2000, 'may have 2000 characters at most')
  .transform((text) => new URLSearchParams(text).toString());
const newView = z.strictObject({ name, query });
const changedView = z.strictObject({ name: name.optional(), query: query.optional() });
const MOST = 200;

/** Named views of the list of runs. */
export function viewRoutes({ history }: Site): Routes {
  const { views } = history;
  return {
    'GET /api/v1/views': async () => ({ json: await views.list() }),
    'POST /api/v1/views': async ({ req, visitor }) => {
      const view = parse(newView, await readJson(req));
      checkSearch(view.query);
      if ((await views.list()).length >= MOST) throw badRequest(`there are ${MOST} views already; delete one first`);
      return { status: 201, json: await views.add({ ...view, createdBy: visitor?.name ?? '' }) };
    },
    'PUT /api/v1/views/:id': async ({ req, params }) => {
      const { name, query } = parse(changedView, await readJson(req));
      if (query !== undefined) checkSearch(query);
      const part = { ...(name === undefined ? {} : { name }), ...(query === undefined ? {} : { query }) };
      const changed = await views.change(params.id ?? '', part);
      if (!changed) throw notFound('there is no such view');
      return { json: changed };
    },
    'DELETE /api/v1/views/:id': async ({ params }) => {
      if (!(await views.remove(params.id ?? ''))) throw notFound('there is no such view');
      return { json: {} };
    },
  };
}

/** A view that could never be shown is not kept. */
const checkSearch = (query: string): void => void searchOf(new URLSearchParams(query).get('q') ?? '');
