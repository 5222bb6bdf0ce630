import * as z from 'zod';
import { readJson, uploadsIn, withUpload } from '../body.ts';
import { conflict, notFound, parse, Refusal } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { HeldModel, Site } from '../site.ts';
import type { ModelView } from '../wire.ts';

const MOST_BYTES = 512 * 1024 * 1024;
const modelId = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'must be lower-case letters, digits, ".", "_" or "-"');
const newModel = z.object({
  id: modelId,
  name: z.string().trim().max(80, 'may have 80 characters at most').optional(),
});
const labelsBody = z.strictObject({
  labels: z.array(z.string().max(200)).min(1, 'give one label at least').max(100_000),
});

/** Networks that can be asked for. */
export function modelRoutes({ models, config, history }: Site): Routes {
  const known = (id: string): HeldModel => {
    const model = models.list().find((each) => each.id === id);
    if (!model) throw notFound('there is no such model');
    return model;
  };
  return {
    'GET /api/v1/models': () => ({ json: models.list().map(modelView) }),
    'POST /api/v1/models': async ({ req, query }) => {
      const { id, name } = parse(newModel, Object.fromEntries(query));
      if (models.list().some((model) => model.id === id)) throw conflict(`there is a model "${id}" already`);
      const added = await withUpload(req, uploadsIn(config.dataDir), MOST_BYTES, (file) =>
        models.add(id, name || id, file),
      );
      if (!added.ok) throw new Refusal(400, 'invalid_model', added.error);
      return { status: 201, json: modelView(added.value) };
    },
    'PUT /api/v1/models/:id/labels': async ({ req, params }) => {
      const { id } = known(params.id ?? '');
      const labelled = await models.setLabels(id, parse(labelsBody, await readJson(req)).labels);
      if (!labelled.ok) throw new Refusal(400, 'invalid', labelled.error);
      return { json: modelView(labelled.value) };
    },
    'DELETE /api/v1/models/:id': async ({ params }) => {
      const { id } = known(params.id ?? '');
      const open = await history.browse.openExperiments();
      if (open.some(({ spec }) => spec.models.some((model) => model.id === id)))
        throw conflict('an experiment that runs or waits uses this model; stop it first');
      const removed = await models.remove(id);
      if (!removed.ok) throw conflict(removed.error);
      return { json: {} };
    },
  };
}

const modelView = ({ id, name, parameters, trained, builtIn, labels, ready }: HeldModel): ModelView => ({
  ...{ id, name, parameters, trained, builtIn, ready },
  hasLabels: labels !== null,
});
