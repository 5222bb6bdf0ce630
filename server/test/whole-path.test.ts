import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { io } from 'socket.io-client';
import { decodeTrace, joinTraces, type TraceColumns } from '../application/trace.ts';
import { cachedFile, defaultCacheDir } from '../hardware/onnx/network-cache.ts';
import { NETWORKS } from '../hardware/onnx/networks.ts';
import { decodeFrame } from '../panel/frame.ts';
import type {
  BoardState,
  BoardView,
  Estimate,
  ExperimentView,
  LiveEvent,
  LiveRows,
  LiveState,
  Page,
  PictureView,
  RaceRound,
  RunDetail,
  RunView,
  TraceView,
} from '../panel/wire.ts';
import {
  claim,
  linesOf,
  type Person,
  type Product,
  personAt,
  posterRequest,
  raceRequest,
  startProduct,
  temporaryFolder,
  until,
  whenOver,
} from './product.ts';

// One job through every layer, from outside: the built server, its real processes, HTTP and socket.

const folder = temporaryFolder();
let product: Product;
let ada: Person;

before(async () => {
  product = await startProduct(folder.path);
});
after(async () => {
  await product.stop();
  folder.remove();
});

const launch = (body: unknown) => ada.post<ExperimentView>('/experiments', body);

test('a fresh board says where it is, has all its units, and answers nothing but "claim me"', async () => {
  assert.deepEqual(product.ready.units.map((unit) => unit.id).sort(), [
    'machine.cpu',
    'tinker.coral',
    'tinker.cpu',
    'tinker.ncs2',
    'tinker.npu',
  ]);
  for (const unit of product.ready.units)
    assert.doesNotThrow(() => process.kill(unit.pid, 0), `${unit.id} has a living process`);
  const stranger = personAt(product.ready.url);
  const refused = await stranger.ask('GET', '/runs');
  assert.equal(refused.status, 403);
  assert.equal(((await refused.json()) as { code: string }).code, 'setup_required');
  assert.equal((await fetch(`${product.ready.url}/healthz`)).status, 200);
  assert.equal((await fetch(`${product.ready.url}/readyz`)).status, 200);
});

test('the panel’s pages are served with a policy that forbids everything foreign', async () => {
  for (const path of ['/', '/welcome', '/experiments/new', '/runs', '/runs/128', '/compare']) {
    const page = await fetch(product.ready.url + path, { headers: { accept: 'text/html' } });
    assert.equal(page.status, 200, path);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.doesNotMatch(page.headers.get('content-security-policy') ?? '', /script-src[^;]*unsafe-inline/);
    assert.equal(page.headers.get('x-powered-by'), null);
  }
});

test('the claim token opens the board once', async () => {
  assert.equal(
    (
      await personAt(product.ready.url).ask('POST', '/claim', {
        token: 'wrong',
        name: 'eve',
        password: 'long enough to be fine',
      })
    ).status,
    403,
  );
  ada = await claim(product);
  assert.deepEqual(await ada.get('/me'), { name: 'ada', role: 'admin' });
  const again = await personAt(product.ready.url).ask('POST', '/claim', {
    token: product.ready.claimToken,
    name: 'eve',
    password: 'long enough to be fine',
  });
  assert.ok(again.status === 403 || again.status === 409, `${again.status}`);
  assert.equal((await personAt(product.ready.url).ask('GET', '/runs')).status, 401);
});

test('the simulator predicts before any board time is spent', async () => {
  const estimate = await ada.post<Estimate>(
    '/estimate',
    posterRequest(100, { policies: ['fcfs', 'affinity', 'sjf', 'priority'] }),
  );
  assert.deepEqual(
    estimate.perPolicy.map((p) => p.figures?.makespanMs.toFixed(1)),
    ['5137.7', '5074.3', '4409.1', '3951.2'],
  );
  assert.equal(estimate.boundThroughput.toFixed(2), '101.06');
});

test('a recorded stream is uploaded, replayed, judged by its deadlines and exported', async () => {
  const upload = (body: string) =>
    fetch(`${product.ready.url}/api/v1/traces?name=two`, {
      method: 'POST',
      headers: { origin: product.ready.url, cookie: ada.cookie(), 'content-type': 'application/octet-stream' },
      body,
    });
  const refused = await upload('{"atMs":0}');
  assert.equal(refused.status, 400);
  assert.match(((await refused.json()) as { error: string }).error, /^line 1: model is a name/i);
  const kept = await upload('{"atMs":60,"model":"resnet50"}\n{"atMs":0,"model":"mobilenet_v2","deadlineMs":1}\n');
  const trace = (await kept.json()) as TraceView;
  assert.deepEqual(trace.models, { resnet50: 1, mobilenet_v2: 1 });
  assert.match(await ada.text(`/traces/${trace.sha256}`), /^\{"atMs":60/);
  const models = [
    { id: 'mobilenet_v2', jobs: 1 },
    { id: 'resnet50', jobs: 1, deadlineMs: 5000, priority: 2 },
  ];
  const { id } = await launch(posterRequest(1, { models, workload: { kind: 'trace', trace: trace.sha256 } }));
  const [run] = (await whenOver(ada, id)).runs;
  assert.deepEqual([run?.status, run?.missRate], ['done', 0.5]);
  const lines = await linesOf(ada, run!.id); // it has one
  assert.deepEqual(
    lines.map((line) => [line.arrivalMs, line.deadlineMs, line.priority]),
    [
      [0, 1, 0],
      [60, 5060, 2],
    ],
  );
  const detail = await ada.get<RunDetail>(`/runs/${run!.id}`);
  assert.equal(detail.figures?.perModel.mobilenet_v2?.missRate, 1);
  assert.match(
    await ada.text(`/runs.csv`),
    /switches,missRate,throttledMs,models,.*\r\n.*,0\.5,\d*,mobilenet_v2 resnet50,/s,
  );
  assert.equal((await ada.ask('DELETE', `/traces/${trace.sha256}`)).status, 200);
  assert.deepEqual(await ada.get('/traces'), []);
});

test('an experiment runs, its trace is whole, and every line of it says simulated', async () => {
  const { id } = await launch(posterRequest(10, { policies: ['affinity', 'sjf'], repeats: 2 }));
  const view = await whenOver(ada, id);
  assert.equal(view.status, 'done');
  assert.deepEqual(
    view.runs.map((run) => [run.policy, run.repeat]),
    [
      ['affinity', 1],
      ['sjf', 1],
      ['affinity', 2],
      ['sjf', 2],
    ],
  );
  for (const run of view.runs) {
    assert.equal(run.source, 'simulated');
    const lines = await linesOf(ada, run.id);
    assert.deepEqual(
      lines.map((line) => line.seq),
      [...Array(30).keys()],
    );
    assert.equal(new Set(lines.map((line) => line.job)).size, 30);
    assert.ok(
      lines.every((line) => line.simulated === true && line.source === 'simulated' && line.outcome === 'done'),
      'expected lines.every((line) => line.simulated === true && line.source === "simulated" && line.outcome === "do',
    );
    const detail = await ada.get<RunDetail>(`/runs/${run.id}`);
    assert.equal(detail.done, 30);
    assert.ok(detail.throughput! <= detail.boundThroughput! * 1.000001, 'nothing beats the bound'); // done runs have both
    const trace = decodeTrace(new Uint8Array(await (await ada.ask('GET', `/runs/${run.id}/trace`)).arrayBuffer()));
    assert.equal(trace.rows, 30);
    assert.equal(detail.makespanMs, Math.max(...lines.map((line) => line.endMs)), 'page, API and export agree');
  }
  const csv = await ada.text(`/runs.csv?experiment=${id}`);
  assert.equal(csv.trim().split(/\r?\n/).length, 5);
  assert.ok((csv.match(/simulated/gi) ?? []).length >= 4, 'expected (csv.match(/simulated/gi) ?? []).length >= 4');
});

test('a viewer sees state and rows live, without a gap, and events in order', async () => {
  const socket = io(product.ready.url, {
    transports: ['websocket'],
    extraHeaders: { cookie: ada.cookie(), origin: product.ready.url },
  });
  const states: LiveState[] = [];
  const events: LiveEvent[] = [];
  const parts: TraceColumns[] = [];
  let watched = -1;
  socket.on('state', (frame: Uint8Array, ack: () => void) => {
    states.push(decodeFrame(frame) as LiveState);
    ack();
  });
  socket.on('event', (event: LiveEvent) => events.push(event));
  socket.on('rows', (rows: LiveRows, ack: () => void) => {
    if (rows.run === watched) parts.push(decodeTrace(new Uint8Array(rows.data)));
    ack();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  const { id, runs } = await launch(posterRequest(15, { policies: ['fcfs'] }));
  watched = runs[0]!.id; // one policy, one run
  await new Promise((resolve) => socket.emit('watch', { run: watched, fromSeq: 0 }, resolve));
  await whenOver(ada, id);
  const trace = await until(
    async () => (parts.reduce((sum, part) => sum + part.rows, 0) === 45 ? joinTraces(parts) : undefined),
    'all 45 rows',
  );
  assert.equal(trace.firstSeq, 0);
  assert.ok(
    states.some((state) => state.run?.run === watched && state.units.some((unit) => unit.status === 'running')),
  );
  assert.ok(states.length <= 25 * 20, 'at most 20 states a second');
  const seqs = events.map((event) => event.seq);
  assert.deepEqual(
    seqs,
    seqs.map((_, at) => seqs[0]! + at),
    'events have no gaps',
  ); // not empty: a run came and went
  socket.close();
});

test('each rehearsal of a race is told to whoever looks while the run goes on, and kept as it was told', async (t) => {
  const socket = io(product.ready.url, {
    transports: ['websocket'],
    extraHeaders: { cookie: ada.cookie(), origin: product.ready.url },
  });
  t.after(() => socket.close());
  const told: Extract<LiveEvent, { type: 'race' }>[] = [];
  socket.on('state', (_: Uint8Array, ack: () => void) => ack());
  socket.on('event', (event: LiveEvent) => event.type === 'race' && told.push(event));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  const { id, runs } = await launch(raceRequest());
  const run = runs[0]!.id; // one policy, one run
  const route = () => ada.get<RaceRound[]>(`/runs/${run}/race`);
  const early = await until(async () => (told.length > 0 ? route() : undefined), 'the first rehearsal');
  assert.equal((await ada.get<RunView>(`/runs/${run}`)).status, 'running', 'it is told while the run goes on');
  assert.deepEqual(early[0], told[0]?.round, 'what a page that is opened now begins with');
  assert.equal((await whenOver(ada, id)).status, 'done');
  const kept = await route();
  assert.ok(kept.length >= 2, 'a rehearsal every two seconds');
  await until(async () => (told.length >= kept.length ? true : undefined), 'the last of them');
  assert.deepEqual(
    told.map(({ run: of, round }) => [of, round]),
    kept.map((round) => [run, round]),
  );
  for (const { figure, entries, winner, jobs } of kept) {
    assert.equal(figure, 'p99');
    assert.ok(jobs >= 200, `${jobs} jobs say something about the tail`);
    assert.ok(entries.length > 5 && entries.every(({ value }) => value > 0));
    assert.ok(
      entries.some(({ policy }) => policy === winner),
      `${winner} was rehearsed`,
    );
  }
  assert.equal((await ada.ask('GET', '/runs/999999/race')).status, 404);
});

test('a stranger’s socket is refused', async () => {
  for (const extraHeaders of [{}, { origin: 'http://evil.example', cookie: ada.cookie() }]) {
    const socket = io(product.ready.url, {
      transports: ['websocket'],
      reconnection: false,
      extraHeaders: extraHeaders as Record<string, string>,
    });
    const outcome = await new Promise<string>((resolve) => {
      socket.once('connect_error', () => resolve('refused'));
      socket.once('hello', () => resolve('let in'));
    });
    assert.equal(outcome, 'refused');
    socket.close();
  }
});

test('real networks run on this machine’s CPU, on real pictures, and say that they were never trained', async () => {
  const board = await until(
    async () => {
      const state = await ada.get<BoardState>('/board');
      const measured = state.profiles.filter((p) => p.unit === 'machine.cpu' && p.source === 'measured');
      return measured.length === 3 ? state : undefined; // those not measured yet are guessed
    },
    'a first profile of machine.cpu',
    120_000,
  );
  assert.ok(
    board.profiles.every((p) => p.unit !== 'machine.cpu' || (p.source === 'measured' && p.meanMs > 0)),
    'expected board.profiles.every((p) => p.unit == "machine.cpu" || (p.source === "measured" && p.meanMs > 0))',
  );
  const pictures = await ada.get<PictureView[]>('/pictures');
  assert.ok(
    pictures.length >= 4 && pictures.every((picture) => picture.sample),
    'expected pictures.length >= 4 && pictures.every((picture) => picture.sample)',
  );
  const request = posterRequest(4, { units: ['machine.cpu'], policies: ['sjf'] });
  const view = await whenOver(ada, (await launch(request)).id);
  assert.equal(view.status, 'done');
  assert.equal(view.source, 'hardware');
  const detail = await ada.get<RunDetail>(`/runs/${view.runs[0]!.id}`); // one run
  assert.equal(detail.done, 12);
  assert.ok(
    detail.throughput! <= detail.boundThroughput! * 1.000001,
    'no real run beats the bound of its own service times',
  ); // done runs have both
  assert.ok(detail.answers.length >= 3, 'expected detail.answers.length >= 3');
  for (const answer of detail.answers) {
    assert.equal(answer.top.length, 5);
    assert.deepEqual(
      answer.top.map((t) => t.logit),
      answer.top.map((t) => t.logit).sort((a, b) => b - a),
    );
  }
  assert.ok(
    detail.models.every((model) => model.trained === false),
    'expected detail.models.every((model) => model.trained === false)',
  );
  const lines = await linesOf(ada, detail.id);
  assert.ok(
    lines.every((line) => line.simulated === undefined && line.source === 'hardware'),
    'expected lines.every((line) => line.simulated === undefined && line.source === "hardware")',
  );
});

test('threads and cores of a real unit are options: its process is started again within them', async () => {
  const unitOf = async () =>
    (await ada.get<BoardState>('/board')).boards
      .flatMap((board) => board.units)
      .find((unit) => unit.id === 'machine.cpu');
  const before = (await unitOf())?.live.pid;
  assert.equal((await ada.ask('PUT', '/units/machine.cpu/options', { threads: 2, cores: [0] })).status, 200);
  const pid = await until(async () => {
    const unit = await unitOf();
    return unit?.live.status === 'ready' && unit.live.pid !== before ? unit.live.pid : undefined;
  }, 'the new process');
  assert.match(readFileSync(`/proc/${pid}/status`, 'utf8'), /Cpus_allowed_list:\s+0\n/);
  assert.equal((await ada.ask('PUT', '/units/machine.cpu/options', { threads: 1, cores: null })).status, 200);
  await until(async () => ((await unitOf())?.live.status === 'ready' ? true : undefined), 'its return');
});

test('a model of one’s own, with labels, is trained: its answers have names', async () => {
  const network = NETWORKS.find((n) => n.id === 'mobilenet_v2');
  assert.ok(network, 'the built-in network');
  const file = readFileSync(cachedFile(defaultCacheDir(), network));
  const response = await fetch(`${product.ready.url}/api/v1/models?id=my-net&name=My%20net`, {
    method: 'POST',
    headers: { origin: product.ready.url, cookie: ada.cookie(), 'content-type': 'application/octet-stream' },
    body: file,
  });
  assert.ok(response.ok, await response.text());
  const labels = Array.from({ length: 1000 }, (_, at) => `class ${at}`);
  assert.equal((await ada.ask('PUT', '/models/my-net/labels', { labels: labels.slice(1) })).status, 400);
  assert.equal((await ada.ask('PUT', '/models/my-net/labels', { labels })).status, 200);
  const request = {
    units: ['machine.cpu'],
    models: [{ id: 'my-net', jobs: 3 }],
    policies: ['fcfs'],
    workload: { kind: 'closed' },
  };
  const view = await whenOver(ada, (await launch(request)).id);
  assert.equal(view.status, 'done', view.runs[0]?.reason ?? '');
  const detail = await ada.get<RunDetail>(`/runs/${view.runs[0]!.id}`); // one run
  assert.deepEqual(
    detail.models.map((model) => [model.name, model.trained, model.labels?.length]),
    [['My net', true, 1000]],
  );
  assert.equal(detail.answers.length, 3);
});

test('units of two boards work on one experiment, which then says that it is mixed', async () => {
  const request = posterRequest(4, { units: ['machine.cpu', 'tinker.coral'], policies: ['fcfs'] });
  const view = await whenOver(ada, (await launch(request)).id);
  assert.equal(view.status, 'done');
  assert.equal(view.source, 'mixed');
  const lines = await linesOf(ada, view.runs[0]!.id); // one run
  for (const line of lines) assert.equal(line.simulated, line.unit.startsWith('tinker.') ? true : undefined);
});

test('a latency table of one’s own is a simulated board', async () => {
  const table = {
    units: [{ id: 'fast' }, { id: 'slow', modelSlots: 1, switchMs: 20 }],
    models: ['mobilenet_v2', 'resnet50'],
    latencyMs: { fast: { mobilenet_v2: 5, resnet50: 12 }, slow: { mobilenet_v2: 9, resnet50: null } },
  };
  const board = await ada.post<BoardView>('/boards', { name: 'Lab bench', table });
  const units = board.units.map((unit) => unit.id);
  assert.equal(board.simulated, true);
  const view = await whenOver(
    ada,
    (
      await launch({
        units,
        models: [
          { id: 'mobilenet_v2', jobs: 20 },
          { id: 'resnet50', jobs: 10 },
        ],
        policies: ['fcfs'],
        workload: { kind: 'closed' },
      })
    ).id,
  );
  assert.equal(view.status, 'done');
  assert.equal(
    (await ada.ask('POST', '/boards', { name: 'Broken', table: { ...table, models: ['nobody'] } })).status,
    400,
  );
  assert.equal((await ada.ask('DELETE', `/boards/${board.id}`)).status, 200);
});

test('stop works at any moment, and what waits behind goes on', async () => {
  const first = await launch(posterRequest(200, { policies: ['affinity'] }));
  const second = await launch(posterRequest(200, { policies: ['fcfs', 'sjf'] }));
  const third = await launch(posterRequest(5, { policies: ['affinity'] }));
  await until(
    async () => ((await ada.get<RunView>(`/runs/${first.runs[0]!.id}`)).status === 'running' ? true : undefined),
    'the first run',
  ); // one run
  await ada.post(`/experiments/${second.id}/stop`, {});
  await ada.post(`/experiments/${first.id}/stop`, {});
  assert.equal((await whenOver(ada, first.id)).status, 'stopped');
  assert.equal((await whenOver(ada, second.id)).status, 'stopped');
  assert.equal((await whenOver(ada, third.id)).status, 'done');
});

test('a crashed unit costs one attempt, and the run says so', async () => {
  const { id, runs } = await launch(posterRequest(60, { policies: ['sjf'] }));
  const run = runs[0]!.id; // one run
  await until(async () => ((await linesOf(ada, run)).length > 0 ? true : undefined), 'the first rows');
  assert.equal((await ada.ask('POST', '/units/tinker.npu/fault', { kind: 'crash' })).status, 200);
  assert.equal(
    (await ada.ask('POST', '/units/machine.cpu/fault', { kind: 'crash' })).status,
    400,
    'a real unit has no fault knobs',
  );
  assert.equal((await whenOver(ada, id)).status, 'done');
  const detail = await ada.get<RunDetail>(`/runs/${run}`);
  assert.equal(detail.done, 180);
  assert.ok(
    detail.notes.some((note) => note.kind === 'unit-lost' && note.unit === 'tinker.npu'),
    'expected detail.notes.some((note) => note.kind === "unit-lost" && note.unit === "tinker.npu")',
  );
});

test('runs are found by filter, sorted, page by page', async () => {
  const all = await ada.get<Page<RunView>>('/runs?limit=100');
  const ids: number[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Page<RunView> = await ada.get(
      `/runs?sort=throughput&order=desc&limit=3${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    ids.push(...page.items.map((run) => run.id));
    cursor = page.next;
  }
  assert.deepEqual(
    [...ids].sort((a, b) => a - b),
    all.items.map((run) => run.id).sort((a, b) => a - b),
  );
  const sjf = await ada.get<Page<RunView>>('/runs?policy=sjf');
  assert.ok(
    sjf.total > 0 && sjf.items.every((run) => run.policy === 'sjf'),
    'expected sjf.total > 0 && sjf.items.every((run) => run.policy === "sjf")',
  );
});

test('a killed server loses nothing that it had acknowledged, and says what was interrupted', async () => {
  const { id, runs } = await launch(posterRequest(300, { policies: ['fcfs'], name: 'to be killed' }));
  const waiting = await launch(posterRequest(3, { policies: ['affinity'], name: 'waits behind' }));
  const run = runs[0]!.id; // one run
  const seen = await until(async () => {
    const lines = await linesOf(ada, run);
    return lines.length > 60 ? lines : undefined;
  }, 'sixty rows');
  await product.stop('SIGKILL');
  product = await startProduct(folder.path);
  ada = personAt(product.ready.url, ada.cookie());
  const detail = await ada.get<RunDetail>(`/runs/${run}`);
  assert.equal(detail.status, 'interrupted');
  assert.match(detail.reason ?? '', /\w+ \w+/);
  assert.ok(detail.figures, 'figures of what was kept');
  const kept = await linesOf(ada, run);
  assert.deepEqual(kept.slice(0, seen.length), seen);
  assert.deepEqual(
    kept.map((line) => line.seq),
    kept.map((_, at) => at),
  );
  assert.equal((await ada.get<ExperimentView>(`/experiments/${id}`)).status, 'interrupted');
  assert.equal((await whenOver(ada, waiting.id)).status, 'done', 'what was queued goes on after the restart');
});

test('asked to end, it ends with code 0, and its units with it', async () => {
  await launch(posterRequest(200));
  const pids = product.ready.units.map((unit) => unit.pid);
  assert.deepEqual(await product.stop('SIGTERM'), { code: 0, signal: null });
  await until(async () => (pids.every(isGone) ? true : undefined), 'the end of every unit', 5000);
});

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
