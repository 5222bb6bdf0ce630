import { ownUnit } from '../../hardware/board.ts';
import { readJson } from '../body.ts';
import { conflict, notFound, parse } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import { unitView } from './units.ts';

/** Simulated units that people put on this machine's board. */
export function ownUnitRoutes(site: Site): Routes {
  const { conductor, fleet } = site;
  /** A run would go on with what the unit was, on a process that is not there any more. */
  const whileNothingRuns = () => {
    const holder = conductor.holder();
    if (holder !== null) throw conflict(`${holder}; its units are not changed under it`);
  };
  const put = async (req: Parameters<typeof readJson>[0], id?: string) => {
    const wanted = parse(ownUnit, await readJson(req));
    if (id !== undefined && !fleet.unit(id)) throw notFound('there is no such unit');
    whileNothingRuns();
    const done = await fleet.putUnit(wanted, id);
    if (!done.ok) throw conflict(done.error);
    conductor.restock();
    return unitView(site, done.value.id);
  };
  return {
    'POST /api/v1/boards/machine/units': async ({ req }) => ({ status: 201, json: await put(req) }),
    'PUT /api/v1/boards/machine/units/:id': async ({ req, params }) => ({ json: await put(req, params.id ?? '') }),
    'DELETE /api/v1/boards/machine/units/:id': async ({ params }) => {
      const { id = '' } = params;
      if (!fleet.unit(id)) throw notFound('there is no such unit');
      whileNothingRuns();
      const open = await site.history.browse.openExperiments();
      if (open.some(({ spec }) => spec.units.includes(id)))
        throw conflict('an experiment that waits uses this unit; stop it first');
      const removed = await fleet.removeUnit(id);
      if (!removed.ok) throw conflict(removed.error);
      await site.exclusions.include(id);
      conductor.restock();
      return { json: {} };
    },
  };
}
