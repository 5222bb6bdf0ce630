import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';

/** What machines ask: am I alive, am I ready, how am I doing. */
export function machineRoutes(site: Site): Routes {
  return {
    'GET /healthz': () => ({ json: { ok: true } }),
    'GET /readyz': () => {
      const reasons = site.unready();
      return { status: reasons.length > 0 ? 503 : 200, json: { ready: reasons.length === 0, reasons } };
    },
    'GET /metrics': () => ({ type: 'text/plain; version=0.0.4; charset=utf-8', body: site.metrics() }),
  };
}
