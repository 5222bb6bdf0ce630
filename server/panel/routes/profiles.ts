import * as z from 'zod';
import { parse } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';

const MOST = 5000;
const question = z.object({
  model: z.string().max(64).optional(),
  unit: z.string().max(97).optional(),
  since: z.iso.datetime({ offset: true, error: 'must be a date such as 2026-11-01T00:00:00Z' }).optional(),
  limit: z.coerce.number().int().min(1).max(MOST).default(1000),
});

/** What was measured, as it was each time. */
export const profileRoutes = ({ history }: Pick<Site, 'history'>): Routes => ({
  'GET /api/v1/profiles': async ({ query }) => {
    const { since, ...rest } = parse(question, Object.fromEntries(query));
    return { json: await history.profiles.of({ ...rest, since: since === undefined ? undefined : new Date(since) }) };
  },
});
