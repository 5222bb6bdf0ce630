import * as z from 'zod';
import { machineNow } from '../../hardware/machine-now.ts';
import type { UnitId } from '../../hardware/unit.ts';
import { readJson } from '../body.ts';
import { badRequest, conflict, notFound, parse, Refusal } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import type { KeptUnitEvent, Page, UnitDetail, UnitSummary, UnitView } from '../wire.ts';
import { boardView } from './boards.ts';

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
  modelSlots: z.number().int().min(1).max(1000).nullable().default(null),
  switchMs: z.number().min(0).max(600_000).nullable().default(null),
});
const exclusion = z.strictObject({
  reason: z.string().trim().max(200, 'may have 200 characters at most').default(''),
});
const pageQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,12}$/, 'is not a cursor')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const FIRST_EVENTS = 50;

/** What a unit is like, what happened to it, and what people may do to it. */
export function unitRoutes(site: Site): Routes {
  const { conductor, fleet, history, exclusions, unitLog } = site;
  return {
    'GET /api/v1/units': async () => {
      const newest = await history.unitEvents.newest();
      const json: UnitSummary[] = allUnits(site).map((unit) => ({
        unit,
        upSince: unitLog.upSince(unit.id),
        last: newest.find((event) => event.unit === unit.id) ?? null,
      }));
      return { json };
    },
    'GET /api/v1/units/:id': async ({ params }) => {
      const unit = unitView(site, params.id);
      const json: UnitDetail = {
        unit,
        upSince: unitLog.upSince(unit.id),
        computesWith: conductor.unitInfo(unit.id as UnitId),
        deviceC: conductor.unitWarmth(unit.id as UnitId),
        machine: unit.source === 'hardware' ? machineNow(site.config.machineRoot) : null,
        events: await eventsOf(site, unit.id, { limit: FIRST_EVENTS }),
      };
      return { json };
    },
    'GET /api/v1/units/:id/events': async ({ params, query }) => {
      const { id } = specOf(site, params.id);
      const { cursor, limit } = parse(pageQuery, Object.fromEntries(query));
      return { json: await eventsOf(site, id, { limit, before: cursor === undefined ? undefined : Number(cursor) }) };
    },
    'PUT /api/v1/units/:id/exclusion': async ({ req, params, visitor }) => {
      const { id } = specOf(site, params.id);
      const { reason } = parse(exclusion, await readJson(req));
      const who = visitor?.name ?? '';
      await exclusions.exclude(id, { reason, who, at: new Date().toISOString() });
      await unitLog.note(id, 'excluded', who, reason);
      site.announce({ type: 'boards' });
      return { json: unitView(site, id) };
    },
    'DELETE /api/v1/units/:id/exclusion': async ({ params, visitor }) => {
      const { id } = specOf(site, params.id);
      if (await exclusions.include(id)) {
        await unitLog.note(id, 'included', visitor?.name ?? '');
        site.announce({ type: 'boards' });
      }
      return { json: unitView(site, id) };
    },
    'POST /api/v1/units/:id/fault': async ({ req, params, visitor }) => {
      const unit = specOf(site, params.id);
      const wanted = parse(fault, await readJson(req));
      if (unit.source !== 'simulated') throw badRequest('only a simulated unit can be told to fail');
      conductor.tell({ type: 'fault', unit: unit.id, fault: wanted });
      const who = visitor?.name ?? '';
      if (wanted.kind === 'clear') await unitLog.note(unit.id, 'faults-cleared', who);
      else await unitLog.note(unit.id, 'fault', who, wanted.kind === 'slow' ? `slow ${wanted.factor}` : wanted.kind);
      return { json: {} };
    },
    'POST /api/v1/units/:id/release': async ({ req, params, visitor }) => {
      const unit = specOf(site, params.id);
      await readJson(req);
      conductor.tell({ type: 'release', unit: unit.id });
      if (conductor.unit(unit.id).status === 'quarantined')
        await unitLog.note(unit.id, 'released', visitor?.name ?? '');
      return { json: {} };
    },
    'POST /api/v1/units/:id/reset': async ({ req, params, visitor }) => {
      const unit = specOf(site, params.id);
      await readJson(req);
      const holder = conductor.holder();
      if (holder !== null) throw conflict(`${holder}; a unit is not reset under it`);
      const { status, reason } = conductor.unit(unit.id);
      if (status === 'asleep' || status === 'absent')
        throw conflict(`${unit.name} is ${status}${reason ? `: ${reason}` : ''}; it has no process to reset`);
      conductor.tell({ type: 'reset', unit: unit.id });
      await unitLog.note(unit.id, 'reset', visitor?.name ?? '');
      return { json: {} };
    },
    'PUT /api/v1/units/:id/options': async ({ req, params, visitor }) => {
      const unit = specOf(site, params.id);
      const wanted = parse(options, await readJson(req));
      const holder = conductor.holder();
      if (holder !== null && wanted.modelSlots !== (unit.options.modelSlots ?? null))
        throw conflict(`${holder}; how many models a unit holds is not changed under it`);
      const set = await fleet.setOptions(unit.id, wanted);
      if (!set.ok) throw new Refusal(400, 'bad_request', set.error);
      const { threads, cores } = set.value.options;
      conductor.tell({ type: 'options', unit: unit.id, options: set.value.options });
      conductor.restock();
      await unitLog.note(unit.id, 'options', visitor?.name ?? '', `${threads} ${cores?.join(',') ?? 'all'}`);
      return { json: {} };
    },
  };
}

function specOf({ fleet }: Pick<Site, 'fleet'>, id: string | undefined) {
  const unit = fleet.unit(id ?? '');
  if (!unit) throw notFound('there is no such unit');
  return unit;
}

const allUnits = (site: Site): UnitView[] => site.fleet.boards().flatMap((board) => boardView(site, board).units);

export function unitView(site: Site, id: string | undefined): UnitView {
  const unit = allUnits(site).find((each) => each.id === id);
  if (!unit) throw notFound('there is no such unit');
  return unit;
}

async function eventsOf(
  { history }: Site,
  unit: string,
  which: { readonly limit: number; readonly before?: number | undefined },
): Promise<Page<KeptUnitEvent>> {
  const { items, next, total } = await history.unitEvents.page({ unit, ...which });
  return { items, next: next === null ? null : String(next), total };
}
