import * as z from 'zod';
import { readJson } from '../body.ts';
import { parse } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import type { AccessView } from '../wire.ts';

const rules = z.strictObject({ openWatching: z.boolean() });

/** What strangers on the LAN may do: nothing, or watch. */
export function accessRoutes({ access: { watching }, live }: Site): Routes {
  const view = async (): Promise<AccessView> => ({ openWatching: await watching.isOn() });
  return {
    'GET /api/v1/access': async () => ({ json: await view() }),
    'PUT /api/v1/access': async ({ req }) => {
      const { openWatching } = parse(rules, await readJson(req, 4096));
      await watching.set(openWatching);
      if (!openWatching) live().sendAway('guests');
      return { json: await view() };
    },
  };
}
