import { hostname } from 'node:os';
import * as z from 'zod';
import { canRun } from '../../hardware/artefact.ts';
import type { Board } from '../../hardware/board.ts';
import { latencyTable } from '../../hardware/board.ts';
import type { ModelId, UnitId } from '../../hardware/unit.ts';
import { createProfiler } from '../../scheduling/profiler.ts';
import { readJson } from '../body.ts';
import { conflict, notFound, parse } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import { storageState } from '../storage.ts';
import type { BoardState, BoardView, ShownProfile } from '../wire.ts';

const RECENT = 10;

const newBoard = z.strictObject({
  name: z.string().trim().min(1, 'must not be empty').max(64, 'may have 64 characters at most'),
  table: latencyTable,
});
/** What can run: boards and their units. */
export function boardRoutes(site: Site): Routes {
  const { conductor, fleet, history, exclusions } = site;
  return {
    'GET /api/v1/board': async () => {
      const [storage, experiments, recent] = await Promise.all([
        storageState(history),
        history.browse.openExperiments(),
        history.browse.recentRuns(RECENT),
      ]); // first: the rest is then of one and the same moment
      const json: BoardState = {
        host: hostname(),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        boards: fleet.boards().map((board) => boardView(site, board)),
        profiles: [...conductor.profiles(), ...guesses(site)],
        switchCosts: conductor.measured().switchCosts,
        coRuns: conductor.measured().coRuns,
        measuring: conductor.measured().state,
        storage,
        experiments,
        recent,
      };
      return { json };
    },
    'POST /api/v1/boards': async ({ req }) => {
      const { name, table } = parse(newBoard, await readJson(req));
      const added = await fleet.add(name, table);
      if (!added.ok) throw conflict(added.error);
      conductor.restock();
      return { status: 201, json: boardView(site, added.value) };
    },
    'DELETE /api/v1/boards/:id': async ({ params }) => {
      const { id = '' } = params;
      const known = fleet.boards().some((board) => board.id === id);
      const open = await history.browse.openExperiments();
      if (open.some(({ spec }) => spec.units.some((unit) => unit.startsWith(`${id}.`))))
        throw conflict('an experiment that runs or waits uses this board; stop it first');
      const units = fleet.boards().find((board) => board.id === id)?.units ?? [];
      const removed = await fleet.remove(id);
      if (!removed.ok) throw known ? conflict(removed.error) : notFound(removed.error);
      for (const unit of units) await exclusions.include(unit.id);
      conductor.restock();
      return { json: {} };
    },
    'POST /api/v1/boards/:id/measure': async ({ req, params }) => {
      await readJson(req);
      const { id = '' } = params;
      if (!fleet.boards().some((board) => board.id === id)) throw notFound('there is no such board');
      const begun = conductor.measure(id);
      if (!begun.ok) throw conflict(begun.error);
      return { status: 202, json: {} };
    },
    'DELETE /api/v1/boards/:id/measure': async () => {
      conductor.stopMeasuring();
      return { json: {} };
    },
  };
}

export function boardView({ conductor, exclusions }: Pick<Site, 'conductor' | 'exclusions'>, board: Board): BoardView {
  return {
    id: board.id,
    name: board.name,
    custom: board.custom,
    simulated: board.units.every((unit) => unit.source === 'simulated'),
    models: board.models,
    units: board.units.map(
      ({ id, name, driver, source, precision, modelSlots, latencyMs, runs, switchMs, options }) => ({
        ...{ id, board: board.id, name, driver, source, precision, modelSlots, latencyMs, options },
        ...(runs && { runs }),
        switchMs: switchMs ?? null,
        excluded: exclusions.of(id),
        live: conductor.unit(id as UnitId),
      }),
    ),
  };
}

/** For real units, models that were not measured there yet. */
function guesses({ conductor, fleet, models }: Pick<Site, 'conductor' | 'fleet' | 'models'>): ShownProfile[] {
  const real = fleet.boards().flatMap((board) => board.units.filter((unit) => unit.latencyMs === null));
  const units = real.map((unit) => unit.id);
  const able = (id: UnitId, model: string) => real.some((unit) => unit.id === id && canRun(unit, model));
  const weight = new Map(
    models
      .list()
      .filter(({ parameters }) => parameters > 0)
      .map(({ id, parameters }) => [id as ModelId, parameters] as const),
  );
  const profiler = createProfiler(conductor.profiles(), { units, weight });
  return units.flatMap((unit) =>
    [...weight.keys()].flatMap((model) => {
      const profile = profiler.profile(model, unit);
      return profile?.source === 'guessed' && able(unit, model)
        ? [{ ...profile, measuredAt: null, conditions: null }]
        : [];
    }),
  );
}
