import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { chunksOf } from '../history/chunks.ts';
import { POLICIES } from '../scheduling/policies/index.ts';
import { type Access, createAccess } from './access.ts';
import { createAnnouncer } from './announcer.ts';
import { createBackoff } from './backoff.ts';
import { sweepUploads, uploadsIn } from './body.ts';
import { claimToken, createClaims } from './claim.ts';
import { createHostList } from './host-origin.ts';
import { createHttp } from './http.ts';
import { createMetrics } from './metrics.ts';
import { createRouter } from './router.ts';
import { accountRoutes } from './routes/account.ts';
import { boardRoutes } from './routes/boards.ts';
import { experimentRoutes, launch } from './routes/experiments.ts';
import { machineRoutes } from './routes/machine.ts';
import { modelRoutes } from './routes/models.ts';
import { pictureRoutes } from './routes/pictures.ts';
import { runEditRoutes } from './routes/run-edits.ts';
import { runRoutes } from './routes/runs.ts';
import { traceRoutes } from './routes/traces.ts';
import { viewRoutes } from './routes/views.ts';
import { createSessions } from './sessions.ts';
import type { Site } from './site.ts';
import { type LiveDoor, openLiveDoor } from './socket.ts';
import { createStatic, type Page } from './static.ts';

export interface PanelParts
  extends Pick<Site, 'config' | 'history' | 'conductor' | 'fleet' | 'models' | 'pictures' | 'traces'> {
  /** Why the board cannot be used yet; empty when it can. */
  readonly unready: () => readonly string[];
  readonly say: (sentence: string) => void;
}
export interface Panel {
  readonly url: string;
  readonly port: number;
  /** To be shown on the console; null when the board has its owner. */
  readonly claimToken: string | null;
  /** No new connections; readiness is over. */
  stopListening(): Promise<void>;
  /** Those that are left are cut off. */
  close(): Promise<void>;
}

/** Opens the doors: HTTP, the live socket, and the page itself. */
export async function openPanel(parts: PanelParts): Promise<Panel> {
  const { config, history, conductor, say } = parts;
  const sessions = createSessions(history.db, history.record);
  const claims = createClaims(history.db, history.record, config.dataDir);
  const access = createAccess({ hosts: createHostList(config.allowedHosts), sessions, claims });
  const announcer = createAnnouncer(conductor, history.browse, say);
  const metrics = createMetrics({ conductor, announcer, clients: () => door?.clients ?? 0, version: config.version });
  let door: LiveDoor | null = null;
  const live = (): LiveDoor => door ?? CLOSED;
  const site: Site = {
    ...parts,
    policies: POLICIES,
    access,
    backoff: createBackoff(),
    live,
    metrics,
    announce: announcer.announce,
  };
  const router = createRouter(routesOf(site));
  let page: Page = (_, res) => void res.writeHead(503).end();
  const http = createHttp({ access, router, page: (req, res) => page(req, res), say });
  door = openLiveDoor({
    ...{ http, access, conductor, announcer, version: config.version, say },
    events: { launch: (spec, by) => launch(site, spec, by), stop: (experiment) => conductor.stop(experiment) },
    keptUpTo: (run) => history.traces.keptUpTo(run),
    older: (run, fromSeq) => chunksOf(history.db, run, fromSeq),
  });
  refuseUpgrades(http, access, config.mode === 'dev');
  page =
    config.mode === 'dev' ? await (await import('./dev.ts')).createDevPage(config, http) : createStatic(config.root);
  await sweepUploads(uploadsIn(config.dataDir));
  const token = await claimToken(history.db, config.dataDir);
  const port = await listen(http, config.port, config.host);
  const opened = door;
  return {
    url: `http://${nameFor(config.host)}:${port}`,
    port,
    claimToken: token,
    async stopListening() {
      http.close();
      http.closeIdleConnections();
    },
    async close() {
      await opened.close();
      http.closeAllConnections();
    },
  };
}

export const routesOf = (site: Site) => ({
  ...machineRoutes(site),
  ...accountRoutes(site),
  ...boardRoutes(site),
  ...modelRoutes(site),
  ...pictureRoutes(site),
  ...traceRoutes(site),
  ...experimentRoutes(site),
  ...runRoutes(site),
  ...runEditRoutes(site),
  ...viewRoutes(site),
});

const CLOSED: LiveDoor = { closeSession: () => {}, clients: 0, close: async () => {} };

/** Only the live socket, and the hot reload of development, may upgrade. */
function refuseUpgrades(http: Server, access: Access, dev: boolean): void {
  http.on('upgrade', (req: IncomingMessage, socket: Duplex) => {
    const url = req.url ?? '';
    if (url.startsWith('/socket.io/')) return; // its own door asks the guard
    if (!dev || !url.startsWith('/_next/') || !isOurs(access, req)) socket.destroy();
  });
}

function isOurs(access: Access, req: IncomingMessage): boolean {
  try {
    access.checkSource(req);
    return true;
  } catch {
    return false;
  }
}

function listen(http: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve((http.address() as AddressInfo).port); // a TCP server's address
    });
  });
}

const nameFor = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
};
