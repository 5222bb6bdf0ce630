import { encodeTrace } from '../../application/trace.ts';
import type { KeptRun } from '../../history/browse.ts';
import { wholeTrace } from '../../history/chunks.ts';
import { jobLines, runsCsv, runsJson } from '../../history/export.ts';
import { notFound, parse, Refusal } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import type { RunDetail } from '../wire.ts';
import { numberedId } from './experiments.ts';
import { listQuestion, pageQuestion } from './run-search.ts';

/** What was measured. */
export function runRoutes(site: Site): Routes {
  const { browse, db } = site.history;
  return {
    'GET /api/v1/runs': async ({ query }) => ({ json: await browse.runs(pageQuestion(query)) }),
    'GET /api/v1/runs.csv': ({ query }) => ({
      type: 'text/csv; charset=utf-8',
      headers: { 'content-disposition': 'attachment; filename="runs.csv"' },
      body: runsCsv(db, listQuestion(query)),
    }),
    'GET /api/v1/runs.json': ({ query }) => ({
      type: 'application/json',
      headers: { 'content-disposition': 'attachment; filename="runs.json"' },
      body: runsJson(db, listQuestion(query)),
    }),
    'GET /api/v1/run-values': async () => ({ json: await browse.values() }),
    'GET /api/v1/runs/:id': async ({ params }) => ({ json: withLabels(site, await kept(site, params.id)) }),
    'GET /api/v1/runs/:id/tombstone': async ({ params }) => {
      const left = await browse.tombstone(parse(numberedId, params.id));
      if (!left) throw notFound('no run of this number was deleted');
      return { json: left };
    },
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

async function kept({ history }: Site, id: string | undefined): Promise<KeptRun> {
  const number = parse(numberedId, id);
  const run = await history.browse.run(number);
  if (run) return run;
  const left = await history.browse.tombstone(number);
  if (left) throw new Refusal(410, 'deleted', `run ${number} was deleted by ${left.deletedBy}`);
  throw notFound('there is no such run');
}

function withLabels({ models }: Site, run: KeptRun): RunDetail {
  const labels = new Map(models.list().map((model) => [model.id as string, model.labels]));
  return { ...run, models: run.models.map((model) => ({ ...model, labels: labels.get(model.id) ?? null })) };
}
