import { createServer, type Server } from 'node:http';
import { setSafeHeaders } from '../headers.ts';
import type { HostList } from '../host-origin.ts';
import { LIMITS } from '../http.ts';

/**
 * Answers plain HTTP from other machines: with the authority's certificate, or with the way to HTTPS. It reads no body, knows
 * no session and sends nothing that matters.
 */
export function createElsewhere(hosts: HostList, caPem: string): Server {
  const server = createServer({ ...LIMITS, requestTimeout: LIMITS.headersTimeout }, (req, res) => {
    setSafeHeaders(res);
    res.setHeader('connection', 'close');
    res.setHeader('cache-control', 'no-store');
    const { host } = req.headers;
    if (host === undefined || !hosts.allows(host)) return end(421, 'wrong_host', 'this board does not go by that name');
    if (req.method !== 'GET' && req.method !== 'HEAD')
      return end(403, 'https_only', 'from another machine this board is asked over https:// only; nothing was done');
    if (req.url === '/ca.crt') return void res.writeHead(200, CERTIFICATE).end(req.method === 'HEAD' ? '' : caPem);
    const path = req.url?.startsWith('/') && !req.url.startsWith('//') ? req.url : '/';
    res.writeHead(307, { location: `https://${host}${path}`, 'content-length': 0 }).end();

    function end(status: number, code: string, error: string): void {
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error, code }));
    }
  });
  server.on('upgrade', (_, socket) => socket.destroy());
  server.on('clientError', (_, socket) => socket.destroy());
  return server;
}

export const CERTIFICATE = {
  'content-type': 'application/x-x509-ca-cert',
  'content-disposition': 'attachment; filename="switchyard-ca.crt"',
} as const;
