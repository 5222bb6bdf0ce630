import * as z from 'zod';
import { encodeTrace } from '../../application/trace.ts';
import type { KeptRun } from '../../history/browse.ts';
import { wholeTrace } from '../../history/chunks.ts';
import { fits, readCursor } from '../../history/cursor.ts';
import { jobLines, runsCsv } from '../../history/export.ts';
import { badRequest, notFound, parse } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import { RUN_SORTS, type RunDetail } from '../wire.ts';
import { numberedId } from './experiments.ts';

const filters = {
  q: z.string().trim().max(120).optional(),
  policy: z.string().max(32).optional(),
  status: z.enum(['queued', 'running', 'done', 'stopped', 'failed', 'interrupted']).optional(),
  source: z.enum(['hardware', 'simulated', 'mixed']).optional(),
  experiment: numberedId.optional(),
  sort: z.enum(RUN_SORTS).default('id'),
  order: z.enum(['asc', 'desc']).default('desc'),
};
const csvQuery = z.object(filters);
const pageQuery = z.object({
  ...filters,
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What was measured. */
export function runRoutes(site: Site): Routes {
  const { browse, db } = site.history;
  return {
    'GET /api/v1/runs': async ({ query }) => {
      const { cursor, ...question } = parse(pageQuery, given(query));
      const from = cursor === undefined ? undefined : readCursor(cursor);
      if (from === null || (from && !fits(from, question.sort)))
        throw badRequest('cursor: is not of a page in this order');
      return { json: await browse.runs({ ...question, cursor: from }) };
    },
    'GET /api/v1/runs.csv': ({ query }) => ({
      type: 'text/csv; charset=utf-8',
      headers: { 'content-disposition': 'attachment; filename="runs.csv"' },
      body: runsCsv(db, parse(csvQuery, given(query))),
    }),
    'GET /api/v1/runs/:id': async ({ params }) => ({ json: withLabels(site, await kept(site, params.id)) }),
    'GET /api/v1/runs/:id/jobs': async ({ params }) => {
      const lines = await jobLines(db, parse(numberedId, params.id));
      if (!lines) throw notFound('there is no such run');
      return { type: 'application/x-ndjson', body: lines };
    },
    'GET /api/v1/runs/:id/trace': async ({ params }) => {
      const id = parse(numberedId, params.id);
      if (!(await browse.runLine(id))) throw notFound('there is no such run');
      return { type: 'application/octet-stream', body: encodeTrace(await wholeTrace(db, id)) };
    },
    'GET /api/v1/runs/:id/race': async ({ params }) => {
      const id = parse(numberedId, params.id);
      if (!(await browse.runLine(id))) throw notFound('there is no such run');
      return { json: await browse.rounds(id) };
    },
  };
}

/** A filter that was left empty in a form was not given. */
const given = (query: URLSearchParams) => Object.fromEntries([...query].filter(([, value]) => value !== ''));

async function kept({ history }: Site, id: string | undefined): Promise<KeptRun> {
  const run = await history.browse.run(parse(numberedId, id));
  if (!run) throw notFound('there is no such run');
  return run;
}

function withLabels({ models }: Site, run: KeptRun): RunDetail {
  const labels = new Map(models.list().map((model) => [model.id as string, model.labels]));
  return { ...run, models: run.models.map((model) => ({ ...model, labels: labels.get(model.id) ?? null })) };
}
