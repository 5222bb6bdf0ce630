import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExperimentView } from '../wire.ts';
import { pictureRoutes } from './pictures.ts';

const SHA = 'a'.repeat(64);

test('a picture that an experiment will look at cannot be taken away from it', async () => {
  let removed = 0;
  let open: Pick<ExperimentView, 'spec'>[] = [{ spec: { pictures: [SHA] } as unknown as ExperimentView['spec'] }];
  const routes = pictureRoutes({
    pictures: { find: () => ({ sha256: SHA }), remove: async () => ({ ok: true, value: void removed++ }) },
    history: { browse: { openExperiments: async () => open } },
  } as unknown as Parameters<typeof pictureRoutes>[0]);
  const remove = async () => routes['DELETE /api/v1/pictures/:sha256']?.({ params: { sha256: SHA } } as never);
  await assert.rejects(remove(), { status: 409, message: /uses this picture; stop it first/ });
  assert.equal(removed, 0);
  open = [];
  await remove();
  assert.equal(removed, 1);
});
