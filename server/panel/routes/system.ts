import { hostname } from 'node:os';
import { examineMachine } from '../../hardware/doctor/examine.ts';
import { diagnosticsOf } from '../diagnostics.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import { storageView } from '../storage.ts';

/** It starts a process for each library. */
const DOCTOR_EVERY_MS = 2000;

/** What an administrator asks: how much room is left, and what to send along when asking for help. */
export function systemRoutes(site: Site): Routes {
  const examined = atMostEvery(DOCTOR_EVERY_MS, () => examineMachine(site.config.machineRoot));
  return {
    'GET /api/v1/storage': async () => ({ json: await storageView(site.history) }),
    'GET /api/v1/doctor': async () => ({ json: await examined() }),
    'GET /api/v1/diagnostics': async () => ({
      type: 'application/json',
      body: `${JSON.stringify(await diagnosticsOf(site), null, 2)}\n`,
      headers: { 'content-disposition': `attachment; filename="switchyard-${hostname()}.json"` },
    }),
  };
}

/** Those who ask soon after another are given the same answer. */
function atMostEvery<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let last: { readonly atMs: number; readonly answer: Promise<T> } | null = null;
  return () => {
    const nowMs = performance.now();
    if (!last || nowMs - last.atMs >= ms) last = { atMs: nowMs, answer: ask() };
    return last.answer;
  };
}
