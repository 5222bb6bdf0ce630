import type { IncomingMessage } from 'node:http';
import { addressesOf } from '../found.ts';
import { notFound } from '../refusal.ts';
import type { Routes } from '../router.ts';
import type { Site } from '../site.ts';
import { CERTIFICATE } from '../tls/elsewhere.ts';
import type { NetworkView } from '../wire.ts';

/** What machines ask: am I alive, am I ready, how am I doing. */
export function machineRoutes(site: Site): Routes {
  return {
    'GET /healthz': () => ({ json: { ok: true } }),
    'GET /readyz': () => {
      const reasons = site.unready();
      return { status: reasons.length > 0 ? 503 : 200, json: { ready: reasons.length === 0, reasons } };
    },
    'GET /ca.crt': () => {
      if (!site.authority) throw notFound('this board speaks plain HTTP: it has no certificate');
      return { type: CERTIFICATE['content-type'], body: site.authority.caPem, headers: CERTIFICATE };
    },
    'GET /api/v1/network': ({ req }) => ({ json: networkView(site, req) satisfies NetworkView }),
    'GET /metrics': () => ({ type: 'text/plain; version=0.0.4; charset=utf-8', body: site.metrics() }),
  };
}

function networkView({ access, config, authority }: Site, req: IncomingMessage): NetworkView {
  return {
    addresses: addressesOf(config, req),
    encrypted: access.way.isEncrypted(req),
    insecure: config.insecure,
    certificate: authority && {
      fingerprint: authority.fingerprint,
      validUntil: authority.validUntil.toISOString(),
    },
  };
}
