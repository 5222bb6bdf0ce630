import { request } from 'node:http';
import type { Conductor } from '../application/conductor.ts';
import { createConductor } from '../application/conductor.ts';
import type { Engine } from '../application/engine.ts';
import { createFleet } from '../application/fleet.ts';
import type { EngineCommand, EngineEvent } from '../application/messages.ts';
import { openTraceStore } from '../application/trace-store.ts';
import type { Config } from '../config.ts';
import { USUAL_UNITS } from '../hardware/machine-units.ts';
import type { History } from '../history/open.ts';
import { scratch } from '../history/scratch.ts';
import { createBackoff } from './backoff.ts';
import { openPanel } from './open.ts';
import { createSessions } from './sessions.ts';
import type { Role } from './wire.ts';

// For tests: a panel on a port of its own, with an engine that does what the test says.

export interface ScratchPanel {
  readonly url: string;
  readonly port: number;
  readonly claimToken: string;
  readonly dataDir: string;
  readonly history: History;
  readonly conductor: Conductor;
  readonly commands: EngineCommand[];
  readonly said: string[];
  say(event: EngineEvent): void;
  /** Session id of a user with that role, made without a password. */
  sessionOf(role: Role): Promise<string>;
  close(): Promise<void>;
}

/** `root`: whose built pages it serves; none without. `backoff`: one whose clock the test holds. */
export async function scratchPanel(
  root?: string,
  more: Partial<Config> = {},
  backoff = createBackoff(),
): Promise<ScratchPanel> {
  const place = scratch();
  const history = await place.open();
  const config: Config = {
    ...{ host: '127.0.0.1', port: 0, dataDir: place.folder, allowedHosts: [], trustProxy: [], mode: 'production' },
    ...{
      readyJson: false,
      secure: false,
      insecure: false,
      units: USUAL_UNITS,
      root: root ?? place.folder,
      version: '0.0.0',
    },
    machineRoot: '/nowhere',
    ...more,
  };
  const commands: EngineCommand[] = [];
  const said: string[] = [];
  let heard: (event: EngineEvent) => void = () => {};
  const engine: Engine = {
    send: (command) => void commands.push(command),
    on: (listener) => {
      heard = listener;
    },
    onDeath: () => {},
    answers: async () => true,
    close: async () => {},
  };
  const fleet = await createFleet(history.shelf, { models: () => [] });
  const no = async () => ({ ok: false, error: 'not in this test' }) as const;
  const traces = openTraceStore(place.folder);
  const conductor = await createConductor({
    ledger: history.ledger,
    startEngine: () => engine,
    stock: () => ({
      boards: fleet.boards(),
      models: [],
      pictures: [],
      traces: traces.list(),
      policies: ['fcfs', 'sjf'],
    }),
    profiles: [],
    measurements: { switchCosts: [], coRuns: [] },
    version: '0.0.0',
    room: async () => ({ ok: true, value: undefined }),
    say: (sentence) => void said.push(sentence),
  });
  const models = { list: () => [], add: no, addFile: no, removeFile: no, setLabels: no, remove: no };
  const pictures = { list: () => [], add: no, remove: no, find: () => undefined };
  const say = (sentence: string) => void said.push(sentence);
  const panel = await openPanel({
    config,
    history,
    conductor,
    fleet,
    models,
    pictures,
    traces,
    unready: () => [],
    say,
    backoff,
  });
  const sessions = createSessions(history.db, history.record);
  return {
    ...{ url: panel.url, port: panel.port, claimToken: panel.claimToken ?? '', dataDir: place.folder },
    ...{ history, conductor, commands, said },
    say: (event) => heard(event),
    async sessionOf(role) {
      const where = { name: `the ${role}` };
      const create = { ...where, role, owner: role === 'admin', password: 'not a hash' };
      const user = await history.db.user.upsert({ where, create, update: {} });
      return sessions.open(user.id);
    },
    async close() {
      await panel.close();
      await conductor.close();
      await history.close();
      place.remove();
    },
  };
}

export interface Reply {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

/** A request with exactly these headers: fetch would not let a test lie about Host and Origin. */
export function ask(
  panel: Pick<ScratchPanel, 'port'>,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const all = { ...headers, ...length };
    const req = request({ host: '127.0.0.1', port: panel.port, method, path, headers: all, agent: false }, (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (part: string) => {
        text += part;
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }));
    });
    req.on('error', reject);
    req.end(body);
  });
}

/** As a program with a token. */
export const askAs = (
  panel: ScratchPanel,
  session: string | null,
  method: string,
  path: string,
  body?: unknown,
): Promise<Reply> =>
  ask(
    panel,
    method,
    path,
    {
      ...(session === null ? { origin: panel.url } : { authorization: `Bearer ${session}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body === undefined ? undefined : JSON.stringify(body),
  );
