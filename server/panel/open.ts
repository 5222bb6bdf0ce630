import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { openExclusions } from '../application/exclusions.ts';
import { createUnitLog } from '../application/unit-log.ts';
import { isLoopback } from '../config.ts';
import { chunksOf } from '../history/chunks.ts';
import { POLICIES } from '../scheduling/policies/index.ts';
import { type Access, createAccess } from './access.ts';
import { createAnnouncer } from './announcer.ts';
import { type Backoff, createBackoff } from './backoff.ts';
import { sweepUploads, uploadsIn } from './body.ts';
import { claimToken, createClaims } from './claim.ts';
import { limitCrowd } from './crowd.ts';
import { createHostList, type HostList } from './host-origin.ts';
import { createHttp, LIMITS, MOST_CONNECTIONS } from './http.ts';
import { keepToRule } from './keep-to-rule.ts';
import { createMetrics } from './metrics.ts';
import { createOpenWatching } from './open-watching.ts';
import { createRouter } from './router.ts';
import { accessRoutes } from './routes/access.ts';
import { accountRoutes } from './routes/account.ts';
import { backupRoutes } from './routes/backup.ts';
import { boardRoutes } from './routes/boards.ts';
import { experimentRoutes, launch } from './routes/experiments.ts';
import { inferRoutes } from './routes/infer.ts';
import { machineRoutes } from './routes/machine.ts';
import { modelRoutes } from './routes/models.ts';
import { ownUnitRoutes } from './routes/own-units.ts';
import { pictureRoutes } from './routes/pictures.ts';
import { presetRoutes } from './routes/presets.ts';
import { profileRoutes } from './routes/profiles.ts';
import { retentionRoutes } from './routes/retention.ts';
import { runEditRoutes } from './routes/run-edits.ts';
import { runRoutes } from './routes/runs.ts';
import { systemRoutes } from './routes/system.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { traceRoutes } from './routes/traces.ts';
import { unitRoutes } from './routes/units.ts';
import { userRoutes } from './routes/users.ts';
import { viewRoutes } from './routes/views.ts';
import { createSessions } from './sessions.ts';
import type { Site } from './site.ts';
import { type LiveDoor, openLiveDoor } from './socket.ts';
import { createStatic, type Page } from './static.ts';
import { storageState, watchStorage } from './storage.ts';
import { type Authority, openAuthority } from './tls/authority.ts';
import { createElsewhere } from './tls/elsewhere.ts';
import { createFront, type Front } from './tls/front.ts';
import { createTokens } from './tokens.ts';
import { createWay } from './way.ts';

export interface PanelParts
  extends Pick<Site, 'config' | 'history' | 'conductor' | 'fleet' | 'models' | 'pictures' | 'traces'> {
  /** Why the board cannot be used yet; empty when it can. */
  readonly unready: () => readonly string[];
  readonly say: (sentence: string) => void;
  /** Its own, unless a test tells it the time. */
  readonly backoff?: Backoff;
}
export interface Panel {
  readonly url: string;
  readonly port: number;
  /** To be shown on the console; null when the board has its owner. */
  readonly claimToken: string | null;
  /** Of the board's own certificate authority; null: it has none. */
  readonly fingerprint: string | null;
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
  const hosts = createHostList(config.allowedHosts);
  const tokens = createTokens(history.db, history.record);
  const watching = createOpenWatching(history.db, history.record);
  const access = createAccess({ way: createWay(config.trustProxy), hosts, sessions, tokens, watching, claims });
  const authority = config.secure ? await openAuthority(config.dataDir, hosts.names()) : null;
  const announcer = createAnnouncer(conductor, history.browse, say);
  const metrics = createMetrics({ conductor, announcer, clients: () => door?.clients ?? 0, version: config.version });
  const exclusions = await openExclusions(history.exclusions);
  const unitLog = createUnitLog({
    ...{ conductor, say, keep: history.unitEvents.add },
    told: (event) => announcer.announce({ type: 'unit-event', event }),
  });
  const housekeeper = keepToRule({
    ...{ retention: history.retention, edits: history.edits, say },
    told: (runs) => announcer.announce({ type: 'runs', runs }),
  });
  let door: LiveDoor | null = null;
  const live = (): LiveDoor => door ?? CLOSED;
  const site: Site = {
    ...parts,
    policies: POLICIES,
    exclusions,
    unitLog,
    access,
    authority,
    backoff: parts.backoff ?? createBackoff(),
    live,
    metrics,
    announce: announcer.announce,
    housekeeper: () => housekeeper,
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
  const front = authority && openFront(http, authority, hosts);
  const crowd = limitCrowd(front?.server ?? http, MOST_CONNECTIONS);
  for (const asks of ['request', 'upgrade']) http.on(asks, ({ socket }: IncomingMessage) => crowd.asked(socket));
  const port = await listen(front?.server ?? http, config.port, config.host);
  const opened = door;
  const stopWatching = watchStorage(
    () => storageState(history),
    (storage) => announcer.announce({ type: 'storage', storage }),
    say,
  );
  return {
    url: `http://${nameFor(config.host)}:${port}`,
    port,
    claimToken: token,
    fingerprint: authority?.fingerprint ?? null,
    async stopListening() {
      front?.stopListening();
      http.close();
      http.closeIdleConnections();
    },
    async close() {
      stopWatching();
      housekeeper.end();
      unitLog.end();
      await opened.close();
      front?.close();
      http.closeAllConnections();
    },
  };
}

export const routesOf = (site: Site) => ({
  ...machineRoutes(site),
  ...systemRoutes(site),
  ...backupRoutes(site),
  ...retentionRoutes(site),
  ...accountRoutes(site),
  ...accessRoutes(site),
  ...tokenRoutes(site),
  ...userRoutes(site),
  ...boardRoutes(site),
  ...modelRoutes(site),
  ...profileRoutes(site),
  ...unitRoutes(site),
  ...ownUnitRoutes(site),
  ...inferRoutes(site),
  ...pictureRoutes(site),
  ...traceRoutes(site),
  ...experimentRoutes(site),
  ...runRoutes(site),
  ...runEditRoutes(site),
  ...presetRoutes(site),
  ...viewRoutes(site),
});

const CLOSED: LiveDoor = { sendAway: () => {}, clients: 0, close: async () => {} };

/** Names and addresses come and go, and certificates end. */
const RENEW_EVERY_MS = 60_000;

function openFront(http: Server, authority: Authority, hosts: HostList): Front {
  const elsewhere = createElsewhere(hosts, authority.caPem);
  const front = createFront({ http, elsewhere, leaf: authority.leaf, limits: LIMITS, isLocal: isLoopback });
  setInterval(() => {
    const renewed = authority.renew(hosts.names());
    renewed.then((isNew) => isNew && front.show(authority.leaf)).catch(() => {}); // a full disk: again in a minute
  }, RENEW_EVERY_MS).unref();
  return front;
}

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

function listen(http: TcpServer, port: number, host: string): Promise<number> {
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
