import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExperimentRequest, ExperimentView, JobLine } from '../panel/wire.ts';

// The product as the outside sees it: a process with an address. Whole-path tests and benchmarks drive it from here.

export const root = join(dirname(fileURLToPath(import.meta.url)), import.meta.url.includes('/dist/') ? '..' : '../..');

export interface Ready {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly claimToken: string | null;
  readonly units: readonly { readonly id: string; readonly pid: number; readonly source: 'hardware' | 'simulated' }[];
}

export interface Product {
  readonly ready: Ready;
  readonly child: ChildProcess;
  /** Everything it wrote to standard error, and to standard output. */
  readonly log: () => string;
  readonly output: () => string;
  /** Ends it and says how it ended. */
  stop(signal?: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'switchyard-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts the built server on any free port and waits until everything answers. */
export async function startProduct(
  dataDir: string,
  command: readonly string[] = [process.execPath, 'dist/server.js', '--ready-json'],
): Promise<Product> {
  const [file, ...args] = command;
  const child = spawn(file!, args, {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  }); // never empty
  let log = '';
  let out = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  }); // piped above
  const ready = await new Promise<Ready>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready within 120 s:\n${log}`)), 120_000);
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      // piped above
      out += text;
      if (!out.includes('\n')) return;
      clearTimeout(timer);
      resolve(JSON.parse(out.slice(0, out.indexOf('\n'))));
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`it ended with code ${code} before it was ready:\n${log}`));
    });
  });
  return {
    ready,
    child,
    log: () => log,
    output: () => out,
    stop(signal = 'SIGTERM') {
      return new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null)
          return resolve({ code: child.exitCode, signal: child.signalCode });
        child.once('exit', (code, by) => resolve({ code, signal: by }));
        process.kill(ready.pid, signal);
      });
    },
  };
}

/** A person at a browser: a cookie, and an Origin that is the board's own. */
export interface Person {
  readonly cookie: () => string;
  get<T>(path: string): Promise<T>;
  text(path: string): Promise<string>;
  post<T>(path: string, body: unknown): Promise<T>;
  /** Any request; nothing is thrown for its status. */
  ask(method: string, path: string, body?: unknown): Promise<Response>;
}

export function personAt(url: string, cookie = ''): Person {
  let kept = cookie;
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        origin: new URL(url).origin,
        cookie: kept,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie()[0];
    if (set) kept = set.split(';')[0] ?? kept;
    return response;
  };
  const well = async (response: Response) => {
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return response;
  };
  return {
    cookie: () => kept,
    ask,
    get: async <T>(path: string) => (await well(await ask('GET', path))).json() as Promise<T>,
    text: async (path) => (await well(await ask('GET', path))).text(),
    post: async <T>(path: string, body: unknown) => (await well(await ask('POST', path, body))).json() as Promise<T>,
  };
}

export const OWNER = { name: 'ada', password: 'correct horse battery' };

/** Claims the board with the token of its console. */
export async function claim(product: Product): Promise<Person> {
  const person = personAt(product.ready.url);
  await person.post('/claim', { token: product.ready.claimToken, ...OWNER });
  return person;
}

export const tinkerUnits = ['tinker.cpu', 'tinker.ncs2', 'tinker.coral', 'tinker.npu'];

/** The poster's comparison, as small as asked for. */
export const posterRequest = (jobsOfEach: number, over: Partial<ExperimentRequest> = {}): ExperimentRequest => ({
  units: tinkerUnits,
  models: ['mobilenet_v2', 'resnet50', 'resnet101'].map((id) => ({ id, jobs: jobsOfEach })),
  policies: ['fcfs'],
  workload: { kind: 'closed' },
  switchMs: 500,
  ...over,
});

/** A stream of four seconds: the first rehearsal is after 200 arrivals, the next two seconds later. */
export const raceRequest = (): ExperimentRequest =>
  posterRequest(1, {
    policies: ['race'],
    models: [{ id: 'mobilenet_v2', jobs: 800 }],
    workload: { kind: 'poisson', ratePerS: 200 },
    switchMs: 'table',
  });

/** The export of a run, line by line. */
export const linesOf = async (person: Person, run: number): Promise<JobLine[]> =>
  (await person.text(`/runs/${run}/jobs`))
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** Waits until the experiment is over. */
export async function whenOver(person: Person, experiment: number, withinMs = 120_000): Promise<ExperimentView> {
  return until(
    async () => {
      const view = await person.get<ExperimentView>(`/experiments/${experiment}`);
      return view.status === 'queued' || view.status === 'running' ? undefined : view;
    },
    `the end of experiment ${experiment}`,
    withinMs,
  );
}

export async function until<T>(look: () => Promise<T | undefined>, what: string, withinMs = 30_000): Promise<T> {
  const from = Date.now();
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() - from > withinMs) throw new Error(`waited ${withinMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
