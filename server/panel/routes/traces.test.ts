import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExperimentView } from '../wire.ts';
import { traceRoutes } from './traces.ts';

const SHA = 'a'.repeat(64);

test('a recorded stream that an experiment will replay cannot be taken away from it', async () => {
  let removed = 0;
  const workload = { kind: 'trace', trace: SHA };
  let open: Pick<ExperimentView, 'spec'>[] = [{ spec: { workload } as unknown as ExperimentView['spec'] }];
  const routes = traceRoutes({
    traces: { find: () => ({ sha256: SHA }), remove: async () => ({ ok: true, value: void removed++ }) },
    history: { browse: { openExperiments: async () => open } },
  } as unknown as Parameters<typeof traceRoutes>[0]);
  const remove = async () => routes['DELETE /api/v1/traces/:sha256']?.({ params: { sha256: SHA } } as never);
  await assert.rejects(remove(), { status: 409, message: /uses this recorded stream; stop it first/ });
  assert.equal(removed, 0);
  open = [];
  await remove();
  assert.equal(removed, 1);
});
