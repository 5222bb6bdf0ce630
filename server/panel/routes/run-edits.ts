import * as z from 'zod';
import { again } from '../../application/again.ts';
import { readJson } from '../body.ts';
import { conflict, notFound, parse, Refusal } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import type { ExperimentView, Relaunched, RunsChanged } from '../wire.ts';
import { launch, numberedId } from './experiments.ts';

const runs = z.array(z.number().int().min(1).max(1e12)).min(1, 'name at least one run').max(5000);
const tag = z
  .string()
  .trim()
  .transform((text) => text.normalize('NFC').toLowerCase())
  .pipe(
    z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,31}$/u, 'a tag has letters, digits, ".", "_" or "-", 32 at most'),
  );
const tags = z.array(tag).max(20, 'a run has 20 tags at most');
const note = z.string().trim().max(2000, 'a note has 2000 characters at most');
const tagging = z.strictObject({ runs, add: tags.optional(), remove: tags.optional() });
const archiving = z.strictObject({ runs, archived: z.boolean() });
const marking = z.strictObject({ tags: tags.optional(), note: note.optional() });
const several = z.strictObject({ runs });
/** So many experiments at once, for a selection that was larger than was meant. */
const MOST_EXPERIMENTS = 20;

/** What people change about runs after they ran. */
export function runEditRoutes(site: Site): Routes {
  const { edits, browse } = site.history;
  const told = (changed: RunsChanged): RunsChanged => {
    site.announce({ type: 'runs', runs: changed.changed });
    return changed;
  };
  return {
    'PUT /api/v1/runs/:id/marks': async ({ req, params }) => {
      const id = parse(numberedId, params.id);
      const { tags, note } = parse(marking, await readJson(req));
      const marks = { ...(tags ? { tags: [...new Set(tags)] } : {}), ...(note === undefined ? {} : { note }) };
      if (!(await edits.mark(id, marks))) throw notFound('there is no such run');
      site.announce({ type: 'runs', runs: [id] });
      return { json: await browse.runLine(id) };
    },
    'POST /api/v1/runs/tag': async ({ req }) => {
      const { runs, add = [], remove = [] } = parse(tagging, await readJson(req));
      return { json: told(await edits.tag(runs, { add, remove })) };
    },
    'POST /api/v1/runs/archive': async ({ req }) => {
      const { runs, archived } = parse(archiving, await readJson(req));
      return { json: told(await edits.archive(runs, archived)) };
    },
    'POST /api/v1/runs/delete': async ({ req, visitor }) => {
      const removed = await edits.remove(parse(several, await readJson(req)).runs, visitor?.name ?? '');
      if (!removed.ok) throw conflict(removed.error);
      return { json: told(removed.value) };
    },
    'POST /api/v1/runs/rerun': async ({ req, visitor }) => {
      const asked = again(await browse.asked(parse(several, await readJson(req)).runs));
      if (asked.length === 0) throw notFound('none of these runs is there any more');
      if (asked.length > MOST_EXPERIMENTS)
        throw new Refusal(
          400,
          'too_many',
          `these runs are of ${asked.length} experiments; ${MOST_EXPERIMENTS} at most are launched at once`,
        );
      const experiments: ExperimentView[] = [];
      const refused: Refusal[] = [];
      for (const { spec } of asked)
        await launch(site, spec, visitor?.name ?? '').then(
          (experiment) => experiments.push(experiment),
          (error: unknown) => {
            if (!(error instanceof Refusal)) throw error;
            refused.push(error);
          },
        );
      if (experiments.length === 0) throw refused[0]!; // each was launched or refused
      const json: Relaunched = { experiments, refused: refused.map(({ message }) => message) };
      return { status: 201, json };
    },
  };
}
