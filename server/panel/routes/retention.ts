import * as z from 'zod';
import { readJson } from '../body.ts';
import { parse } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';

const rule = z.strictObject({
  newestRuns: z.number().int().min(1).max(10_000_000).nullable(),
  days: z.number().int().min(1).max(36_500).nullable(),
});

/** Which runs stay, and which the server deletes by itself. */
export function retentionRoutes({ history: { retention }, housekeeper }: Site): Routes {
  return {
    'GET /api/v1/retention': async () => ({ json: await retention.rule() }),
    'PUT /api/v1/retention': async ({ req }) => {
      await retention.set(parse(rule, await readJson(req, 4096)));
      housekeeper().soon();
      return { json: await retention.rule() };
    },
  };
}
