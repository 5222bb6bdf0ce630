import { hostname } from 'node:os';
import * as z from 'zod';
import type { Board } from '../../hardware/board.ts';
import { latencyTable } from '../../hardware/board.ts';
import type { ModelId, UnitId } from '../../hardware/unit.ts';
import { createProfiler } from '../../scheduling/profiler.ts';
import { readJson } from '../body.ts';
import { badRequest, conflict, notFound, parse, Refusal } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import type { BoardState, BoardView, ShownProfile } from '../wire.ts';

const RECENT = 10;

const newBoard = z.strictObject({
  name: z.string().trim().min(1, 'must not be empty').max(64, 'may have 64 characters at most'),
  table: latencyTable,
});
const fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('crash') }),
  z.strictObject({ kind: z.literal('hang') }),
  z.strictObject({ kind: z.literal('slow'), factor: z.number().min(0.1).max(1000) }),
  z.strictObject({ kind: z.literal('garbage') }),
  z.strictObject({ kind: z.literal('leave') }),
  z.strictObject({ kind: z.literal('return') }),
  z.strictObject({ kind: z.literal('clear') }),
]);
const options = z.strictObject({
  threads: z.number().int().min(1).max(64),
  cores: z.array(z.number().int().min(0).max(255)).min(1).max(64).nullable(),
});

/** What can run: boards and their units. */
export function boardRoutes(site: Site): Routes {
  const { conductor, fleet, history } = site;
  return {
    'GET /api/v1/board': async () => {
      const [experiments, recent] = await Promise.all([
        history.browse.openExperiments(),
        history.browse.recentRuns(RECENT),
      ]); // first: the rest is then of one and the same moment
      const json: BoardState = {
        host: hostname(),
        boards: fleet.boards().map((board) => boardView(site, board)),
        profiles: [...conductor.profiles(), ...guesses(site)],
        switchCosts: conductor.measured().switchCosts,
        coRuns: conductor.measured().coRuns,
        measuring: conductor.measured().state,
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
      const removed = await fleet.remove(id);
      if (!removed.ok) throw known ? conflict(removed.error) : notFound(removed.error);
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
    'POST /api/v1/units/:id/fault': async ({ req, params }) => {
      const unit = unitOf(site, params.id);
      const wanted = parse(fault, await readJson(req));
      if (unit.source !== 'simulated') throw badRequest('only a simulated unit can be told to fail');
      conductor.tell({ type: 'fault', unit: unit.id, fault: wanted });
      return { json: {} };
    },
    'POST /api/v1/units/:id/release': async ({ req, params }) => {
      const unit = unitOf(site, params.id);
      await readJson(req);
      conductor.tell({ type: 'release', unit: unit.id });
      return { json: {} };
    },
    'PUT /api/v1/units/:id/options': async ({ req, params }) => {
      const unit = unitOf(site, params.id);
      const set = await fleet.setOptions(unit.id, parse(options, await readJson(req)));
      if (!set.ok) throw new Refusal(400, 'bad_request', set.error);
      conductor.tell({ type: 'options', unit: unit.id, options: set.value.options });
      conductor.restock();
      return { json: {} };
    },
  };
}

function unitOf({ fleet }: Site, id: string | undefined) {
  const unit = fleet.unit(id ?? '');
  if (!unit) throw notFound('there is no such unit');
  return unit;
}

export function boardView({ conductor }: Pick<Site, 'conductor'>, board: Board): BoardView {
  return {
    id: board.id,
    name: board.name,
    custom: board.custom,
    simulated: board.units.every((unit) => unit.source === 'simulated'),
    models: board.models,
    units: board.units.map(({ id, name, driver, source, precision, modelSlots, latencyMs, options }) => ({
      ...{ id, board: board.id, name, driver, source, precision, modelSlots, latencyMs, options },
      live: conductor.unit(id as UnitId),
    })),
  };
}

/** For real units, models that were not measured there yet. */
function guesses({ conductor, fleet, models }: Pick<Site, 'conductor' | 'fleet' | 'models'>): ShownProfile[] {
  const real = fleet.boards().flatMap((board) => board.units.filter((unit) => unit.latencyMs === null));
  const units = real.map((unit) => unit.id);
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
      return profile?.source === 'guessed' ? [{ ...profile, measuredAt: null, conditions: null }] : [];
    }),
  );
}
