import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PERMISSIONS } from '../../panel/permissions.ts';
import { irFile, sampleFiles } from '../model-samples.ts';
import { posterRequest, root } from '../product.ts';
import type { Json } from './hostile.ts';

/** What is sent to a door of the API when it is right, so that it can be sent wrong. */
export interface HttpDoor {
  /** As the table of permissions has it. */
  readonly door: string;
  /** In place of the door's own parameters. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: Json;
  readonly file?: Uint8Array;
  /** How often it is tried, beside 1: what starts a process or computes a password's hash costs more. */
  readonly share?: number;
  /** What would end the session that the others are in. */
  readonly endsSession?: true;
}

const table: Json = {
  units: [
    { id: 'a', modelSlots: 1, switchMs: 5 },
    { id: 'b', switchMs: { x: { y: 3 } } },
  ],
  models: ['x', 'y'],
  latencyMs: { a: { x: 1, y: 2 }, b: { x: 3, y: null } },
  parameters: { x: 1000, y: 2000 },
};
const ownUnit: Json = { name: 'one more', latencyMs: { mobilenet_v2: 5 }, modelSlots: 1, switchMs: 3 };
const experiment = {
  ...posterRequest(1, { models: [{ id: 'mobilenet_v2', jobs: 1, deadlineMs: 50, priority: 3 }] }),
  ...{ name: 'bad', repeats: 1, seed: 7, noiseCv: 0.1, ranks: { 'tinker.npu': ['mobilenet_v2'] }, warmUpS: 0 },
  ...{ workload: { kind: 'bursts', ratePerS: 500, factor: 2, burstMs: 5 }, coolToC: null, pictures: [] },
} as unknown as Json;
const sample = (name: string): Uint8Array => readFileSync(join(root, 'public/samples', name));
const [onnx] = sampleFiles().onnx;
const trace = Buffer.from('{"atMs":60,"model":"resnet50"}\n{"atMs":0,"model":"mobilenet_v2","deadlineMs":1}\n');
const owner = { name: 'nobody', password: 'a wrong password', bearer: true };

const DESCRIBED: readonly HttpDoor[] = [
  { door: 'POST /api/v1/claim', json: { token: '0'.repeat(32), ...owner }, share: 0.2 },
  { door: 'POST /api/v1/login', json: owner, share: 0.2 },
  { door: 'POST /api/v1/logout', json: {}, share: 0.1, endsSession: true },
  { door: 'PUT /api/v1/password', json: { old: 'not it', password: 'a new password' }, share: 0.2 },
  { door: 'POST /api/v1/boards', json: { name: 'mine', table } },
  { door: 'POST /api/v1/boards/:id/measure', params: { id: 'nowhere' }, json: {} },
  { door: 'POST /api/v1/boards/machine/units', json: ownUnit, share: 0.3 },
  { door: 'PUT /api/v1/boards/machine/units/:id', params: { id: 'machine.nothing' }, json: ownUnit },
  { door: 'POST /api/v1/models', query: { id: 'bad-model', name: 'bad', format: 'onnx' }, file: onnx!, share: 0.05 },
  {
    door: 'POST /api/v1/models/:id/files',
    params: { id: 'resnet50' },
    query: { format: 'ir' },
    file: irFile(),
    share: 0.05,
  },
  { door: 'PUT /api/v1/models/:id/labels', params: { id: 'resnet50' }, json: { labels: ['one', 'two'] } },
  { door: 'POST /api/v1/pictures', query: { name: 'bad' }, file: sample('leaf.jpg'), share: 0.2 },
  { door: 'POST /api/v1/traces', query: { name: 'bad' }, file: trace },
  { door: 'POST /api/v1/estimate', json: experiment },
  { door: 'POST /api/v1/experiments', json: experiment, share: 0.5 },
  { door: 'POST /api/v1/experiments/:id/stop', params: { id: '1' }, json: {} },
  { door: 'POST /api/v1/runs/tag', json: { runs: [1], add: ['paper'], remove: ['draft'] } },
  { door: 'POST /api/v1/runs/archive', json: { runs: [1], archived: true } },
  { door: 'POST /api/v1/runs/delete', json: { runs: [999_999] } },
  { door: 'POST /api/v1/runs/rerun', json: { runs: [999_999] } },
  { door: 'PUT /api/v1/runs/:id/marks', params: { id: '1' }, json: { tags: ['paper'], note: 'a note' } },
  { door: 'POST /api/v1/presets', json: { name: 'bad', spec: experiment } },
  { door: 'POST /api/v1/views', json: { name: 'bad', query: 'q=policy:sjf' } },
  { door: 'PUT /api/v1/views/:id', params: { id: 'none' }, json: { name: 'bad', query: 'q=policy:sjf' } },
  { door: 'POST /api/v1/infer', json: { model: 'mobilenet_v2', unit: 'tinker.npu', board: 'tinker' }, share: 0.2 },
  { door: 'PUT /api/v1/units/:id/exclusion', params: { id: 'tinker.cpu' }, json: { reason: 'USB 2.0' } },
  { door: 'POST /api/v1/units/:id/reset', params: { id: 'tinker.cpu' }, json: {}, share: 0.05 },
  { door: 'POST /api/v1/units/:id/fault', params: { id: 'tinker.cpu' }, json: { kind: 'slow', factor: 1 }, share: 0.3 },
  { door: 'POST /api/v1/units/:id/release', params: { id: 'tinker.cpu' }, json: {} },
  {
    door: 'PUT /api/v1/units/:id/options',
    params: { id: 'machine.cpu' },
    json: { threads: 1, cores: null, modelSlots: null },
    share: 0.3,
  },
  {
    door: 'GET /api/v1/runs',
    query: { q: 'policy:sjf rate>30', sort: 'p99Ms', order: 'asc', cursor: 'x', limit: '5', ids: '1,2' },
  },
  { door: 'GET /api/v1/runs.csv', query: { q: 'name:"x y"', experiment: '1', status: 'done', source: 'simulated' } },
  { door: 'GET /api/v1/runs.json', query: { q: '-tag:draft after:2026-11-01', policy: 'sjf' } },
  { door: 'GET /api/v1/experiments', query: { cursor: '5', limit: '2' } },
  {
    door: 'GET /api/v1/profiles',
    query: { model: 'resnet50', unit: 'tinker.npu', since: '2026-11-01T00:00:00Z', limit: '3' },
  },
  { door: 'GET /api/v1/units/:id/events', params: { id: 'tinker.cpu' }, query: { cursor: '5', limit: '2' } },
  { door: 'GET /api/v1/runs/:id', params: { id: '1' } },
  { door: 'GET /api/v1/runs/:id/jobs', params: { id: '1' } },
  { door: 'GET /api/v1/pictures/:sha256', params: { sha256: 'a'.repeat(64) } },
  { door: 'DELETE /api/v1/models/:id/files/:sha256', params: { id: 'resnet50', sha256: 'a'.repeat(64) } },
  // Programs, people and guests: with nobody of that number, so that nobody is sent away.
  { door: 'POST /api/v1/tokens', json: { name: 'bad', role: 'viewer', expiresInDays: 1 } },
  { door: 'POST /api/v1/users', json: { name: 'bad', role: 'viewer', password: 'a long password' }, share: 0.1 },
  { door: 'PUT /api/v1/users/:id/role', params: { id: '999999' }, json: { role: 'viewer' } },
  { door: 'PUT /api/v1/users/:id/password', params: { id: '999999' }, json: { password: null }, share: 0.2 },
  { door: 'PUT /api/v1/access', json: { openWatching: false } },
  { door: 'PUT /api/v1/retention', json: { newestRuns: 100_000, days: null } },
  { door: 'POST /api/v1/restore', file: Buffer.alloc(2048, 'manifest.json'), share: 0.2 },
  ...['tokens/:id', 'users/:id', 'pictures/:sha256', 'traces/:sha256', 'presets/:id', 'views/:id', 'models/:id'].map(
    (path) => ({ door: `DELETE /api/v1/${path}`, params: { [path.endsWith('id') ? 'id' : 'sha256']: '999999' } }),
  ),
  { door: 'DELETE /api/v1/boards/:id', params: { id: 'nowhere' } },
];

const described = new Set(DESCRIBED.map(({ door }) => door));
/** Doors that nobody has described yet are attacked as well, from an empty body. */
const others = Object.keys(PERMISSIONS).filter((door) => /^(POST|PUT) /.test(door) && !described.has(door));

const paramsOf = (door: string): Record<string, string> =>
  Object.fromEntries([...door.matchAll(/:(\w+)/g)].map(([, name]) => [name ?? '', '999999']));

export const HTTP_DOORS: readonly HttpDoor[] = [
  ...DESCRIBED,
  ...others.map((door) => ({ door, json: {}, params: paramsOf(door) })),
];
