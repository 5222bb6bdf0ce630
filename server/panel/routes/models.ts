import { stat } from 'node:fs/promises';
import * as z from 'zod';
import { type Artefact, artefactFor, FORMATS, fileFor } from '../../hardware/artefact.ts';
import { readJson, uploadsIn, withUpload } from '../body.ts';
import { conflict, notFound, parse, Refusal } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { HeldModel, Site } from '../site.ts';
import type { FileView, ModelDetail, ModelView } from '../wire.ts';

const MOST_BYTES = 512 * 1024 * 1024;
const modelId = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'must be lower-case letters, digits, ".", "_" or "-"');
const format = z.enum(FORMATS, `must be one of ${FORMATS.join(', ')}`).default('onnx');
const newModel = z.object({
  id: modelId,
  name: z.string().trim().max(80, 'may have 80 characters at most').optional(),
  format,
});
const newFile = z.object({ format });
const labelsBody = z.strictObject({
  labels: z.array(z.string().max(200)).min(1, 'give one label at least').max(100_000),
});

/** Networks that can be asked for, and their files. */
export function modelRoutes(site: Site): Routes {
  const { models, config, history } = site;
  const known = (id: string): HeldModel => {
    const model = models.list().find((each) => each.id === id);
    if (!model) throw notFound('there is no such model');
    return model;
  };
  const notInUse = async (id: string) => {
    const open = await history.browse.openExperiments();
    if (open.some(({ spec }) => spec.models.some((model) => model.id === id)))
      throw conflict('an experiment that runs or waits uses this model; stop it first');
  };
  return {
    'GET /api/v1/models': async () => ({
      json: await Promise.all(models.list().map((model) => modelView(site, model))),
    }),
    'GET /api/v1/models/:id': async ({ params }) => {
      const model = known(params.id ?? '');
      const json: ModelDetail = { ...(await modelView(site, model)), labels: model.labels };
      return { json };
    },
    'POST /api/v1/models': async ({ req, query }) => {
      const { id, name, format } = parse(newModel, Object.fromEntries(query));
      if (models.list().some((model) => model.id === id)) throw conflict(`there is a model "${id}" already`);
      const added = await withUpload(req, uploadsIn(config.dataDir), MOST_BYTES, (file) =>
        models.add(id, name || id, file, format),
      );
      if (!added.ok) throw new Refusal(400, 'invalid_model', added.error);
      return { status: 201, json: await modelView(site, added.value) };
    },
    'POST /api/v1/models/:id/files': async ({ req, params, query }) => {
      const { id } = known(params.id ?? '');
      const { format } = parse(newFile, Object.fromEntries(query));
      const added = await withUpload(req, uploadsIn(config.dataDir), MOST_BYTES, (file) =>
        keepingTimes(site, id, () => models.addFile(id, file, format)),
      );
      if (!added.ok) throw new Refusal(400, 'invalid_model', added.error);
      return { status: 201, json: await modelView(site, added.value) };
    },
    'DELETE /api/v1/models/:id/files/:sha256': async ({ params }) => {
      const { id, files } = known(params.id ?? '');
      const { sha256 = '' } = params;
      if (!files.some((file) => file.sha256 === sha256)) throw notFound('the model has no such file');
      await notInUse(id);
      const removed = await keepingTimes(site, id, () => models.removeFile(id, sha256));
      if (!removed.ok) throw conflict(removed.error);
      return { json: {} };
    },
    'PUT /api/v1/models/:id/labels': async ({ req, params }) => {
      const { id } = known(params.id ?? '');
      const labelled = await models.setLabels(id, parse(labelsBody, await readJson(req)).labels);
      if (!labelled.ok) throw new Refusal(400, 'invalid', labelled.error);
      return { json: await modelView(site, labelled.value) };
    },
    'DELETE /api/v1/models/:id': async ({ params }) => {
      const { id } = known(params.id ?? '');
      await notInUse(id);
      const removed = await models.remove(id);
      if (!removed.ok) throw conflict(removed.error);
      await forget(
        site,
        id,
        realUnits(site).map((unit) => unit.id),
      );
      return { json: {} };
    },
  };
}

/** A unit with a table has its times from there, whatever becomes of a file of the same name. */
const realUnits = ({ fleet }: Site) =>
  fleet.boards().flatMap((board) => board.units.filter(({ latencyMs }) => latencyMs === null));

async function forget({ conductor, history }: Site, id: string, units: readonly string[]): Promise<void> {
  if (units.length === 0) return;
  conductor.forget(id, units);
  await history.profiles.forget(id, units);
}

/** What a unit was measured with counts for nothing once it runs the model from another file. */
async function keepingTimes<T>(site: Site, id: string, change: () => Promise<T>): Promise<T> {
  const units = realUnits(site);
  const taken = () => {
    const files = site.models.list().find((model) => model.id === id)?.files ?? [];
    return units.map((unit) => fileFor(unit, files));
  };
  const before = taken();
  const result = await change();
  const after = taken();
  const others = units.filter((_, u) => before[u] !== null && before[u] !== after[u]);
  await forget(
    site,
    id,
    others.map((unit) => unit.id),
  );
  return result;
}

async function modelView(site: Site, model: HeldModel): Promise<ModelView> {
  const { id, name, parameters, trained, builtIn, labels, ready, classes, weights, sha256, addedAt } = model;
  const files = await Promise.all(model.files.map((file) => fileView(site, model, file)));
  return {
    ...{ id, name, parameters, trained, builtIn, ready, classes, weights, sha256, addedAt, files },
    format: files[0]?.format ?? 'onnx',
    hasLabels: labels !== null,
    bytes: files[0]?.bytes ?? null,
  };
}

async function fileView(site: Site, { builtIn, files }: HeldModel, artefact: Artefact): Promise<FileView> {
  const { file, ...facts } = artefact;
  const units = realUnits(site).filter((unit) => artefactFor(unit, files) === artefact);
  return {
    ...facts,
    bytes: file === null ? null : await sizeOf(file),
    builtIn: builtIn && isOurs(artefact),
    units: units.map((unit) => unit.id),
  };
}

/** The files that we write say what they were made from; nobody else's do. */
const isOurs = ({ originalParameters }: Artefact): boolean => originalParameters !== null;

/** null: it went away meanwhile. */
const sizeOf = (file: string): Promise<number | null> =>
  stat(file).then(
    ({ size }) => size,
    () => null,
  );
