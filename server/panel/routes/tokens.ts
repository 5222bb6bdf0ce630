import * as z from 'zod';
import { readJson } from '../body.ts';
import { mayPass } from '../permissions.ts';
import { personName, roleField } from '../person-fields.ts';
import { idIn, notFound, parse, Refusal } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import { personIn } from '../visitor.ts';
import type { TokenAdded, TokenView } from '../wire.ts';

const days = z.number().int().min(1, 'must be a day at least').max(3650, 'may be 3650 days at most');
const added = z.strictObject({ name: personName, role: roleField, expiresInDays: days.nullable().default(null) });

/** What programs come in by: one's own; an admin sees everybody's, and may delete them. */
export function tokenRoutes({ access: { tokens }, live }: Site): Routes {
  return {
    'GET /api/v1/tokens': async (visit) => {
      const { user, role } = personIn(visit);
      return { json: (await tokens.list(role === 'admin' ? null : user)) satisfies TokenView[] };
    },
    'POST /api/v1/tokens': async (visit) => {
      const asked = parse(added, await readJson(visit.req, 4096));
      const { user, role } = personIn(visit);
      if (!mayPass(role, asked.role)) throw ABOVE;
      return { status: 201, json: (await tokens.add(user, asked)) satisfies TokenAdded };
    },
    'DELETE /api/v1/tokens/:id': async (visit) => {
      const { user, role } = personIn(visit);
      const hash = await tokens.remove(idIn(visit, NONE), role === 'admin' ? null : user);
      if (hash === null) throw NONE;
      live().sendAway(`token ${hash}`);
      return { json: {} };
    },
  };
}

const NONE = notFound('there is no such token');
const ABOVE = new Refusal(403, 'forbidden', 'a token may not do more than you', { role: 'is above yours' });
