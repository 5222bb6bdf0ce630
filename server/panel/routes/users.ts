import * as z from 'zod';
import { readJson } from '../body.ts';
import { newPassword, personName, roleField } from '../person-fields.ts';
import { idIn, notFound, parse } from '../refusal.ts';
import type { Routes, Visit } from '../router.ts';
import type { Site } from '../site.ts';
import { type Asker, createUsers } from '../users.ts';
import { personIn } from '../visitor.ts';
import type { InitialPassword, UserAdded, UserView } from '../wire.ts';

const password = newPassword.nullable().default(null);
const added = z.strictObject({ name: personName, role: roleField, password });
const newRole = z.strictObject({ role: roleField });
const otherPassword = z.strictObject({ password });
const SHORT = 4096;

/** People, as an admin sees them. Whoever is changed is out at once, wherever they had come in. */
export function userRoutes({ access, history: { db, record }, live }: Site): Routes {
  const users = createUsers(db, record);
  const asker = (visit: Visit): Asker => ({
    user: personIn(visit).user,
    check: async () => access.checkRight('admin in person', await access.visitor(visit.req), visit.req),
  });
  return {
    'GET /api/v1/users': async () => ({ json: (await users.list()) satisfies UserView[] }),
    'POST /api/v1/users': async (visit) => {
      const asked = parse(added, await readJson(visit.req, SHORT));
      const { user, initial } = await users.add(asked, asker(visit));
      return { status: 201, json: { ...user, initialPassword: initial } satisfies UserAdded };
    },
    'PUT /api/v1/users/:id/role': async (visit) => {
      const { role } = parse(newRole, await readJson(visit.req, SHORT));
      const id = idIn(visit, NONE);
      const user = await users.setRole(id, role, asker(visit));
      live().sendAway(`user ${id}`);
      return { json: user };
    },
    'PUT /api/v1/users/:id/password': async (visit) => {
      const asked = parse(otherPassword, await readJson(visit.req, SHORT));
      const id = idIn(visit, NONE);
      const initial = await users.setPassword(id, asked.password, asker(visit));
      live().sendAway(`user ${id}`);
      return { json: { initialPassword: initial } satisfies InitialPassword };
    },
    'DELETE /api/v1/users/:id': async (visit) => {
      const id = idIn(visit, NONE);
      await users.remove(id, asker(visit));
      live().sendAway(`user ${id}`);
      return { json: {} };
    },
  };
}

const NONE = notFound('there is no such user');
