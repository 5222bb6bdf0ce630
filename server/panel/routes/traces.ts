import { createReadStream } from 'node:fs';
import * as z from 'zod';
import { MOST_TRACE_BYTES, type RecordedStream } from '../../application/trace-store.ts';
import { checkBinary, readBytes } from '../body.ts';
import { conflict, notFound, parse, Refusal } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import type { TraceView } from '../wire.ts';

const newTrace = z.object({ name: z.string().trim().min(1, 'must not be empty').max(120).default('trace') });

/** Recorded streams of arrivals, to be replayed. */
export function traceRoutes({ traces, history }: Site): Routes {
  const known = (sha256: string): RecordedStream => {
    const trace = traces.find(sha256);
    if (!trace) throw notFound('there is no such recorded stream');
    return trace;
  };
  return {
    'GET /api/v1/traces': () => ({ json: traces.list().map(traceView) }),
    'POST /api/v1/traces': async ({ req, query }) => {
      const { name } = parse(newTrace, Object.fromEntries(query));
      checkBinary(req);
      const added = await traces.add(await readBytes(req, MOST_TRACE_BYTES), name);
      if (!added.ok) throw new Refusal(400, 'invalid_trace', added.error);
      return { status: 201, json: traceView(added.value) };
    },
    'GET /api/v1/traces/:sha256': ({ params }) => ({
      type: 'application/x-ndjson; charset=utf-8',
      body: createReadStream(known(params.sha256 ?? '').file),
      headers: { 'cache-control': 'private, max-age=31536000, immutable' },
    }),
    'DELETE /api/v1/traces/:sha256': async ({ params }) => {
      const { sha256 } = known(params.sha256 ?? '');
      const open = await history.browse.openExperiments();
      if (open.some(({ spec: { workload } }) => workload.kind === 'trace' && workload.trace === sha256))
        throw conflict('an experiment that runs or waits uses this recorded stream; stop it first');
      const removed = await traces.remove(sha256);
      if (!removed.ok) throw notFound(removed.error);
      return { json: {} };
    },
  };
}

export const traceView = ({ sha256, name, jobs, lastMs, models, deadlines }: RecordedStream): TraceView => ({
  ...{ sha256, name, jobs, lastMs, models, deadlines },
});
