import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { io, type Socket } from 'socket.io-client';
import { decodeTrace } from '../application/trace.ts';
import type { UnitId } from '../hardware/unit.ts';
import { rowsFrom } from '../history/scratch.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import { createPacer } from './pacer.ts';
import { createRowShelf } from './row-shelf.ts';
import { askAs, type ScratchPanel, scratchPanel } from './scratch.ts';
import { browserHeaders, openSocket } from './scratch-sockets.ts';
import type { LiveRows, LiveState } from './wire.ts';

let panel: ScratchPanel;
const sockets: Socket[] = [];
before(async () => {
  panel = await scratchPanel();
});
after(async () => {
  for (const socket of sockets) socket.close();
  await panel.close();
});

function connect(session: string | null, transport: 'websocket' | 'polling' = 'websocket'): Promise<Socket> {
  const cookie: Record<string, string> = session === null ? {} : { cookie: `switchyard_session=${session}` };
  const extraHeaders = { origin: panel.url, ...cookie };
  const socket = io(panel.url, { transports: [transport], extraHeaders, forceNew: true, reconnection: false });
  sockets.push(socket);
  socket.on('state', (_: Uint8Array, ack: () => void) => ack());
  return new Promise((resolve, reject) => {
    socket.on('connect', () => resolve(socket));
    socket.on('connect_error', reject);
  });
}
const stateIn = (frame: Uint8Array) => decodeFrame(frame) as LiveState;
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** Machines are busy: what comes is waited for, and what does not come in ten seconds does not come. */
async function until(is: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000 && !is(); tries++) await later(10);
  assert.ok(is());
}
const rowsIn = (frames: readonly LiveRows[]) => frames.reduce((sum, frame) => sum + frame.rows, 0);
const spec = {
  units: ['tinker.cpu'],
  models: [{ id: 'mobilenet_v2', jobs: 3 }],
  policies: ['fcfs'],
  workload: { kind: 'closed' },
};

test('nobody is let in without a session, and a session opens both transports', async () => {
  await assert.rejects(connect(null), /no owner yet/);
  const session = await panel.sessionOf('admin');
  await assert.rejects(connect('x'.repeat(43)), /log in first/);
  for (const transport of ['websocket', 'polling'] as const) assert.ok((await connect(session, transport)).connected);
});

const endOf = (socket: Awaited<ReturnType<typeof connect>>) => new Promise((ended) => socket.once('disconnect', ended));

test('hostile events get an answer in one sentence, and the process stays as it was', async () => {
  const socket = await connect(await panel.sessionOf('operator'));
  const hostile = [
    null,
    [],
    'x',
    7,
    true,
    { run: {} },
    { experiment: '1' },
    JSON.parse('{"__proto__":{"run":1}}'),
    { name: 'x'.repeat(50_000) },
    [[[[[[]]]]]],
  ];
  for (const event of ['watch', 'experiment:launch', 'experiment:stop'])
    for (const payload of hostile) {
      const reply = await socket.timeout(2000).emitWithAck(event, payload);
      assert.equal(reply.ok, false, `${event} ${JSON.stringify(payload)?.slice(0, 40)}`);
      assert.ok(!/at .*\.ts/.test(reply.error));
    }
  for (const event of ['watch', 'unwatch', 'experiment:launch', 'experiment:stop', 'no such event', 'message']) {
    socket.emit(event); // nothing, not even an acknowledgement
    socket.emit(event, null, null, null);
  }
  await later(50);
  const another = await connect(await panel.sessionOf('operator'));
  const ended = endOf(another);
  another.emit('watch', 'x'.repeat(2_000_000));
  await ended; // two megabytes end the connection
  assert.deepEqual(panel.said, []);
  assert.equal((await askAs(panel, null, 'GET', '/healthz')).status, 200);
});

test('an event asks for the same rights as its route', async () => {
  const viewer = await connect(await panel.sessionOf('viewer'));
  assert.match((await viewer.emitWithAck('experiment:launch', spec)).error, /operator/);
  assert.match((await viewer.emitWithAck('experiment:stop', { experiment: 1 })).error, /operator/);
  assert.deepEqual(await viewer.emitWithAck('watch', { run: null, fromSeq: 0 }), { ok: true });
});

test('who logs out or loses the session is disconnected', async () => {
  const session = await panel.sessionOf('viewer');
  const first = endOf(await connect(session));
  await askAs(panel, session, 'POST', '/api/v1/logout', {});
  await first;
  const second = endOf(await connect(await panel.sessionOf('viewer')));
  await panel.history.db.session.deleteMany({ where: { user: { role: 'viewer' } } });
  await second; // how soon, `bench access` measures
});

test('one person has so many live connections, one address so many guests, and the next is told why not', async () => {
  const crowded = await scratchPanel();
  const session = await crowded.sessionOf('viewer');
  const open = (headers: Record<string, string>) => openSocket(crowded, headers);
  const many = async (count: number, headers: Record<string, string>) => {
    const settled = await Promise.allSettled(Array.from({ length: count }, () => open(headers)));
    const refused = settled.filter((each) => each.status === 'rejected').map(({ reason }) => reason);
    return { opened: settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])), refused };
  };
  try {
    const persons = await many(40, browserHeaders(crowded, session));
    assert.deepEqual([persons.opened.length, persons.refused.length], [32, 8]);
    assert.match(persons.refused[0].message, /^you have 32 live connections open already; one must be closed/);
    assert.equal(persons.refused[0].data.code, 'too_many_sockets');
    sockets.push(await open(browserHeaders(crowded, await crowded.sessionOf('operator'))));
    persons.opened[0]?.close();
    await later(100);
    sockets.push(await open(browserHeaders(crowded, session)), ...persons.opened);
    await crowded.history.db.user.updateMany({ where: { role: 'operator' }, data: { owner: true } }); // it is claimed
    await crowded.history.db.accessRules.create({ data: { id: 1, openWatching: true } });
    const guests = await many(20, browserHeaders(crowded, null));
    assert.deepEqual([guests.opened.length, guests.refused.length], [16, 4]);
    sockets.push(...guests.opened);
  } finally {
    await crowded.close();
  }
});

test('a launch is told to everybody, and its rows come without a gap to whoever watches', async () => {
  const socket = await connect(await panel.sessionOf('operator'));
  const events: { seq: number; type: string }[] = [];
  const rows: LiveRows[] = [];
  socket.on('event', (event) => events.push(event));
  socket.on('rows', (frame: LiveRows, ack: () => void) => {
    rows.push(frame);
    ack();
  });
  await socket.emitWithAck('watch', { run: null, fromSeq: 0 });
  const reply = await socket.emitWithAck('experiment:launch', spec);
  assert.equal(reply.ok, true, reply.error);
  const run = reply.experiment.runs[0].id;
  panel.say({ type: 'run:started', run, startedAt: 0 });
  for (let seq = 0; seq < 300; seq += 10)
    panel.say({ type: 'run:rows', run, firstSeq: seq, rows: 10, data: rowsFrom(seq, 10) });
  await until(() => rowsIn(rows) === 300);
  let next = 0;
  for (const frame of rows) {
    assert.equal(frame.firstSeq, next);
    next += decodeTrace(new Uint8Array(frame.data)).rows;
  }
  assert.equal(next, 300);
  const quality = { hopP50Us: 0, hopP99Us: 0, decisions: 0, decisionMeanUs: 0 };
  panel.say({ type: 'run:ended', run, status: 'done', reason: null, figures: null, failed: 0, quality });
  await later(200);
  const seqs = events.map((event) => event.seq);
  assert.deepEqual(
    seqs,
    seqs.map((_, i) => (seqs[0] ?? 0) + i),
  );
  assert.ok(events.some((event) => event.type === 'run') && events.some((event) => event.type === 'experiment'));

  const late = await connect(await panel.sessionOf('operator'));
  const again: LiveRows[] = [];
  late.on('rows', (frame: LiveRows, ack: () => void) => {
    again.push(frame);
    ack();
  });
  await late.emitWithAck('watch', { run, fromSeq: 95 });
  await until(() => rowsIn(again) === 205);
  assert.equal(again[0]?.firstSeq, 95);
});

test('a browser that does not acknowledge holds one state and one frame, and then gets what is newest', async () => {
  const shelf = createRowShelf(() => Number.POSITIVE_INFINITY);
  const states: number[] = [];
  const frames: number[] = [];
  let ackState = () => {};
  let ackRows = () => {};
  const pacer = createPacer({
    shelf,
    older: async function* () {},
    sendState: (frame, acked) => {
      states.push(stateIn(frame).seq);
      ackState = acked;
    },
    sendRows: (rows, acked) => {
      frames.push(rows.rows);
      ackRows = acked;
    },
    say: assert.fail,
  });
  const state = (seq: number) => encodeFrame({ seq, boardMs: 0, units: [], run: null });
  pacer.watch(7, 0);
  for (let i = 0; i < 100; i++) {
    pacer.state(state(i));
    shelf.add({ run: 7, firstSeq: i * 10, rows: 10, data: rowsFrom(i * 10, 10) });
    pacer.rows();
    await later(0);
  }
  assert.deepEqual([states, frames], [[0], [10]]);
  ackState();
  ackRows();
  await later(5);
  assert.deepEqual(
    [states, frames],
    [
      [0, 99],
      [10, 990],
    ],
  );
});

test('the shelf lets go only of what the history has', () => {
  let kept = 0;
  const shelf = createRowShelf(() => kept);
  const rows = 10_000;
  for (let i = 0; i < 30; i++) shelf.add({ run: 1, firstSeq: i * rows, rows, data: rowsFrom(i * rows, rows) });
  assert.notEqual(shelf.from(1, 0), 'older');
  kept = 30 * rows;
  shelf.add({ run: 1, firstSeq: 30 * rows, rows: 1, data: rowsFrom(30 * rows, 1) });
  assert.equal(shelf.from(1, 0), 'older');
  assert.equal(shelf.from(1, 31 * rows), null);
});

test('a unit’s change reaches browsers as a whole state', async () => {
  const socket = await connect(await panel.sessionOf('viewer'));
  const seen = new Promise<LiveState>((resolve) =>
    socket.on('state', (frame: Uint8Array) => {
      const state = stateIn(frame);
      if (state.units.some((unit) => unit.status === 'quarantined')) resolve(state);
    }),
  );
  const unit = {
    id: 'tinker.cpu' as UnitId,
    status: 'quarantined',
    pid: null,
    reason: 'crashed',
    model: null,
    resident: [],
    crashes: 3,
    faults: [],
    jobs: 0,
    failed: 0,
    switches: 0,
    drift: null,
  } as const;
  panel.say({ type: 'unit', unit });
  assert.equal((await seen).units.find((each) => each.id === 'tinker.cpu')?.reason, 'crashed');
});

test('a state is one binary frame, made once for everybody, and shorter than in words', async () => {
  const [one, other] = [await connect(await panel.sessionOf('viewer')), await connect(await panel.sessionOf('viewer'))];
  const heard = new Map<number, Uint8Array>();
  const both = new Promise<[Uint8Array, Uint8Array]>((resolve) => {
    one.on('state', (frame: Uint8Array) => heard.set(stateIn(frame).seq, frame));
    other.on('state', (frame: Uint8Array) => {
      const same = heard.get(stateIn(frame).seq);
      if (same) resolve([same, frame]);
    });
  });
  const [first, second] = await both;
  assert.ok(Buffer.isBuffer(first) && first.equals(second));
  assert.ok(first.length * 1.5 < JSON.stringify(stateIn(first)).length, `${first.length} bytes`);
});

test('a board on which nothing happens says so all the same, so that its silence means something', async () => {
  const socket = await connect(await panel.sessionOf('viewer'));
  const seqs: number[] = [];
  await new Promise<void>((resolve) =>
    socket.on('state', (frame: Uint8Array) => seqs.push(stateIn(frame).seq) === 3 && resolve()),
  );
  assert.deepEqual(seqs, [...new Set(seqs)].sort());
});

test('whoever looks at a run that is over costs the history nothing while another run goes on', async () => {
  const shelf = createRowShelf(() => 0);
  let asked = 0;
  const sent: number[] = [];
  const pacer = createPacer({
    shelf,
    async *older(run) {
      asked++;
      if (run === 1) yield decodeTrace(rowsFrom(0, 5));
    },
    sendState: () => {},
    sendRows({ run, rows }, acked) {
      sent.push(run * 100 + rows);
      acked();
    },
    say: (sentence) => assert.fail(sentence),
  });
  pacer.watch(1, 0);
  await later(5);
  assert.deepEqual(sent, [105]);
  const before = asked;
  for (let at = 0; at < 20; at++) {
    shelf.add({ run: 2, firstSeq: at, rows: 1, data: rowsFrom(at, 1) });
    pacer.rows();
    await later(1);
  }
  assert.equal(asked, before);
  shelf.add({ run: 1, firstSeq: 0, rows: 7, data: rowsFrom(0, 7) });
  pacer.rows();
  await later(5);
  assert.deepEqual(sent, [105, 102], 'and when its run goes on after all, so do its rows');
});
