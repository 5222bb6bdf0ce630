import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startEngine } from '../application/engine.ts';
import type { EngineEvent, RunPlan } from '../application/messages.ts';
import { simulate } from '../application/simulate.ts';
import { decodeTrace, joinTraces, OUTCOMES, type TraceColumns } from '../application/trace.ts';
import { customBoard } from '../hardware/boards.ts';
import type { UnitFault } from '../hardware/channel.ts';
import type { ModelId, UnitId } from '../hardware/unit.ts';
import { POSTER_MODELS, posterBoard, posterPlatform, posterSimulation } from './drawing.ts';

// The engine's thread with real processes behind it, held against the simulator.

const board = posterBoard();

const plan = (run: number, over: Partial<RunPlan> = {}): RunPlan => ({
  run,
  policy: 'fcfs',
  units: board.units.map((unit) => unit.id),
  models: POSTER_MODELS,
  jobs: [20, 20, 20],
  arrivals: { kind: 'closed' },
  seed: 1,
  switchMs: 500,
  noiseCv: 0,
  ranks: 'poster',
  pictures: [],
  ...over,
});

type Ended = Extract<EngineEvent, { type: 'run:ended' }>;

/** An engine with the board's units ready; ended with the test. */
async function withEngine(use: (engine: ReturnType<typeof startEngine>, wait: Wait) => Promise<void>): Promise<void> {
  const engine = startEngine();
  const heard: EngineEvent[] = [];
  const listeners = new Set<() => void>();
  engine.on((event) => {
    heard.push(event);
    for (const listener of listeners) listener();
  });
  const wait: Wait = (find, what) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), 20_000);
      const look = () => {
        const found = find(heard);
        if (found === undefined) return;
        clearTimeout(timer);
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      look();
    });
  try {
    engine.send({
      type: 'boards',
      boards: [board],
      models: [],
      profiles: [],
      switchCosts: [],
      samples: [],
      version: '0',
    });
    await wait((events) => (readyUnits(events).size === 4 ? true : undefined), 'four units');
    await use(engine, wait);
  } finally {
    await engine.close();
  }
}
type Wait = <T>(find: (heard: EngineEvent[]) => T | undefined, what: string) => Promise<T>;

const readyUnits = (events: EngineEvent[]) =>
  new Set(events.flatMap((e) => (e.type === 'unit' && e.unit.status === 'ready' ? [e.unit.id] : [])));
const ended = (run: number) => (events: EngineEvent[]) =>
  events.find((e): e is Ended => e.type === 'run:ended' && e.run === run);
const started = (run: number) => (events: EngineEvent[]) => events.find((e) => e.type === 'run:rows' && e.run === run);
const rowsOf = (events: EngineEvent[], run: number): TraceColumns =>
  joinTraces(events.flatMap((e) => (e.type === 'run:rows' && e.run === run ? [decodeTrace(e.data)] : [])));

test('units that warm up first are measured from the start of the run, and only what they did then', async () => {
  await withEngine(async (engine, wait) => {
    const from = performance.now();
    engine.send({ type: 'run', plan: plan(1, { jobs: [2, 2, 2], warmUpS: 1 }) });
    const warming = await wait((heard) => heard.find((e) => e.type === 'run:live' && e.live.settling), 'a warm-up');
    assert.ok(warming.type === 'run:live' && warming.live.settling?.kind === 'warming');
    await wait((heard) => heard.find((e) => e.type === 'run:started'), 'the start');
    assert.ok(performance.now() - from >= 1000);
    const ended = await wait((heard) => heard.find((e): e is Ended => e.type === 'run:ended'), 'the end');
    assert.equal(ended.status, 'done');
    assert.equal(ended.figures?.jobs, 6);
  });
});

test('the live engine does what the simulator says: same jobs, same counts, and no unit beats its own table', async () => {
  await withEngine(async (engine, wait) => {
    engine.send({ type: 'run', plan: plan(1, { policy: 'affinity' }) });
    const end = await wait(ended(1), 'the end of the run');
    const trace = await wait((events) => rowsOf(events, 1), 'rows');
    const simulated = simulate(posterSimulation('affinity', 20));
    assert.equal(end.status, 'done');
    assert.equal(trace.rows, 60);
    assert.deepEqual(
      assignments(trace),
      assignments(simulated.trace),
      'affinity leaves no freedom: every job goes where the simulator sends it',
    );
    for (let row = 0; row < trace.rows; row++) {
      const tableMs = posterPlatform()[trace.unit[row]!]!.latencyMs[POSTER_MODELS[trace.model[row]!]!]!; // rows index the poster's table
      assert.ok(
        trace.endMs[row]! - trace.startMs[row]! >= tableMs - 1e-6,
        'an inference is never quicker than the table',
      ); // as above
    }
    assert.ok(
      end.figures!.makespanMs >= simulated.figures!.makespanMs - 1e-6,
      'affinity’s batch cannot end before its slowest unit could',
    ); // both have figures
  });
});

test('queries come when the last has ended whole, live as simulated, and deadlines count from there', async () => {
  await withEngine(async (engine, wait) => {
    const asked = {
      policy: 'affinity',
      jobs: [8, 0, 4],
      arrivals: { kind: 'multi-stream' },
      deadlineMs: [1e4, 1e4, 1],
    } as const;
    engine.send({ type: 'run', plan: plan(1, asked) });
    const end = await wait(ended(1), 'the end');
    const trace = await wait((events) => rowsOf(events, 1), 'rows');
    assert.equal(end.status, 'done');
    assert.equal(end.figures?.query?.queries, 2);
    assert.equal(end.figures?.missRate, 4 / 12, 'no ResNet101 takes less than a millisecond');
    const of = (query: number) => [...Array(12).keys()].filter((row) => Math.floor(trace.job[row]! / 8) === query); // rows index columns
    const lastEndMs = Math.max(...of(0).map((row) => trace.endMs[row]!)); // as above
    for (const row of of(1)) assert.ok(trace.arrivalMs[row]! >= lastEndMs, 'the second query waits for the first'); // as above
    for (const row of of(1))
      assert.ok(trace.deadlineMs[row]! > trace.arrivalMs[row]!, 'a deadline is after its arrival'); // as above
  });
});

test('a recorded stream is replayed from its file, each job at its time; a file that is gone is a sentence', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-trace-'));
  const file = join(folder, 'trace');
  writeFileSync(file, '{"atMs":150,"model":"resnet50"}\n{"atMs":0,"model":"mobilenet_v2","deadlineMs":2}\n');
  await withEngine(async (engine, wait) => {
    engine.send({ type: 'run', plan: plan(1, { jobs: [1, 1, 0], arrivals: { kind: 'trace', file } }) });
    const end = await wait(ended(1), 'the end');
    const trace = await wait((events) => rowsOf(events, 1), 'rows');
    assert.equal(end.status, 'done');
    assert.deepEqual(
      [[...trace.model], [...trace.arrivalMs]],
      [
        [0, 1],
        [0, 150],
      ],
    );
    assert.equal(end.figures?.missRate, 1);
    assert.ok(trace.startMs[1]! >= 150, 'not before it is asked for'); // the second row
    rmSync(folder, { recursive: true });
    engine.send({ type: 'run', plan: plan(2, { jobs: [1, 1, 0], arrivals: { kind: 'trace', file } }) });
    const broken = await wait(ended(2), 'the second end');
    assert.deepEqual([broken.status, broken.reason], ['failed', 'the recorded stream cannot be read any more']);
  });
});

test('a matrix of switch costs is paid live as it is simulated', async () => {
  const costs = { mobilenet_v2: { resnet50: 40 }, resnet50: { mobilenet_v2: 15 } };
  const own = { ...board, units: board.units.map((unit) => ({ ...unit, switchMs: costs, modelSlots: 1 })) };
  await withEngine(async (engine, wait) => {
    engine.send({
      type: 'boards',
      boards: [own],
      models: [],
      profiles: [],
      switchCosts: [],
      samples: [],
      version: '0',
    });
    const units = ['tinker.npu' as UnitId];
    engine.send({ type: 'run', plan: plan(1, { units, jobs: [2, 2, 0], switchMs: 'table' }) });
    await wait(ended(1), 'the end');
    const trace = await wait((events) => rowsOf(events, 1), 'rows');
    assert.deepEqual([...trace.model], [0, 1, 0, 1]);
    assert.deepEqual([...trace.loadMs], [0, 40, 15, 40]);
  });
});

const assignments = (trace: TraceColumns) =>
  Object.fromEntries([...Array(trace.rows).keys()].map((row) => [trace.job[row], trace.unit[row]]));

test('stop works before the first job and in the middle, and what was done is kept', async () => {
  await withEngine(async (engine, wait) => {
    engine.send({ type: 'run', plan: plan(1) });
    engine.send({ type: 'stop', run: 1 });
    assert.equal((await wait(ended(1), 'the first end')).status, 'stopped');
    engine.send({ type: 'run', plan: plan(2, { jobs: [500, 500, 500] }) });
    await wait(started(2), 'rows');
    engine.send({ type: 'stop', run: 2 });
    const end = await wait(ended(2), 'the second end');
    const trace = await wait((events) => rowsOf(events, 2), 'rows');
    assert.equal(end.status, 'stopped');
    assert.ok(trace.rows > 0 && trace.rows < 1500, 'expected trace.rows > 0 && trace.rows < 1500');
    assert.equal(end.figures?.jobs, trace.rows);
  });
});

test('a unit that crashes under load costs one attempt: it comes back, every job is answered once, the fault is on record', async () => {
  await withEngine(async (engine, wait) => {
    engine.send({ type: 'run', plan: plan(1, { policy: 'sjf', jobs: [60, 60, 60] }) });
    await wait(started(1), 'rows');
    engine.send({ type: 'fault', unit: 'tinker.npu' as UnitId, fault: { kind: 'crash' } });
    const end = await wait(ended(1), 'the end');
    const trace = await wait((events) => rowsOf(events, 1), 'rows');
    const kinds = await wait((events) => events.flatMap((e) => (e.type === 'run:note' ? [e.kind] : [])), 'notes');
    assert.equal(end.status, 'done');
    assert.equal(end.failed, 0);
    assert.equal(
      new Set([...Array(trace.rows).keys()].flatMap((row) => (trace.outcome[row] === 0 ? [trace.job[row]] : []))).size,
      180,
    );
    assert.ok(
      [...Array(trace.rows).keys()].some((row) => trace.outcome[row] === 2),
      'the lost attempt is a row of its own',
    );
    for (const kind of ['fault', 'unit-lost', 'job-retried', 'unit-back'] as const)
      assert.ok(kinds.includes(kind), kind);
  });
});

test('rubbish from a driver is never taken for a result', async () => {
  await withEngine(async (engine, wait) => {
    engine.send({ type: 'run', plan: plan(1, { policy: 'sjf', jobs: [40, 40, 40] }) });
    await wait(started(1), 'rows');
    engine.send({ type: 'fault', unit: 'tinker.coral' as UnitId, fault: { kind: 'garbage' } });
    const end = await wait(ended(1), 'the end');
    const lost = await wait(
      (events) => events.find((e) => e.type === 'run:note' && e.kind === 'unit-lost'),
      'the note',
    );
    assert.equal(end.status, 'done');
    assert.equal(end.figures?.jobs, 120);
    assert.match(lost.type === 'run:note' ? lost.text : '', /not in the protocol/);
  });
});

test('a unit that leaves is worked around, and one that crashes three times in a minute is quarantined until released', async () => {
  await withEngine(async (engine, wait) => {
    const npu = 'tinker.npu' as UnitId;
    const status = (wanted: string) => (events: EngineEvent[]) => {
      const last = events.findLast((e) => e.type === 'unit' && e.unit.id === npu);
      return last?.type === 'unit' && last.unit.status === wanted ? last.unit : undefined;
    };
    engine.send({ type: 'run', plan: plan(1, { policy: 'fcfs', jobs: [20, 20, 20] }) });
    await wait(started(1), 'rows');
    engine.send({ type: 'fault', unit: npu, fault: { kind: 'leave' } });
    assert.equal((await wait(ended(1), 'the end')).figures?.jobs, 60);
    await wait(status('absent'), 'absence');
    engine.send({ type: 'fault', unit: npu, fault: { kind: 'return' } });
    await wait(status('ready'), 'its return');
    for (let crash = 0; crash < 3; crash++) {
      engine.send({ type: 'fault', unit: npu, fault: { kind: 'crash' } });
      await wait(status(crash < 2 ? 'absent' : 'quarantined'), `crash ${crash + 1}`);
      if (crash < 2) await wait(status('ready'), 'the restart');
    }
    engine.send({ type: 'release', unit: npu });
    await wait(status('ready'), 'the release');
  });
});

test('jobs that nobody can run any more fail with a sentence instead of waiting for ever', async () => {
  await withEngine(async (engine, wait) => {
    const coral = 'tinker.coral' as UnitId;
    engine.send({
      type: 'run',
      plan: plan(1, {
        units: [coral],
        jobs: [5, 5, 30],
        models: ['mobilenet_v2', 'resnet50', 'resnet101'] as ModelId[],
      }),
    });
    await wait(started(1), 'rows');
    for (let crash = 0; crash < 3; crash++) {
      engine.send({ type: 'fault', unit: coral, fault: { kind: 'crash' } });
      await wait(
        (events) =>
          events.filter((e) => e.type === 'run:note' && e.kind === 'unit-lost').length > crash ? true : undefined,
        'the loss',
      );
      if (crash < 2)
        await wait(
          (events) =>
            events.filter((e) => e.type === 'run:note' && e.kind === 'unit-back').length > crash ? true : undefined,
          'the return',
        );
    }
    const end = await wait(ended(1), 'the end');
    assert.ok(end.failed > 0, 'expected end.failed > 0');
    assert.equal(end.failed + (end.figures?.jobs ?? 0), 40);
  });
});

test('a unit whose options are changed in the middle of a run gives back what it held, and the run goes on', async () => {
  await withEngine(async (engine, wait) => {
    engine.send({ type: 'run', plan: plan(1, { jobs: [40, 40, 40], switchMs: 0 }) });
    await wait(started(1), 'rows');
    engine.send({ type: 'options', unit: 'tinker.cpu' as UnitId, options: { threads: 2, cores: null } });
    const end = await wait(ended(1), 'the end of the run');
    assert.deepEqual([end.status, end.failed, end.figures?.jobs], ['done', 0, 120]);
    const trace = await wait((events) => rowsOf(events, 1), 'rows');
    assert.equal(trace.outcome.filter((outcome) => OUTCOMES[outcome] === 'lost').length, 1);
  });
});

test('a unit that slows down lastingly is noticed: a note of the run, a mark at the unit, and a profile that says so', async () => {
  const npu = 'tinker.npu' as UnitId;
  await withEngine(async (engine, wait) => {
    engine.send({ type: 'run', plan: plan(1, { policy: 'fcfs', jobs: [60, 60, 60], switchMs: 0 }) });
    await wait(started(1), 'rows');
    engine.send({ type: 'fault', unit: npu, fault: { kind: 'slow', factor: 3 } });
    const note = await wait(
      (events) => events.find((e) => e.type === 'run:note' && e.kind === 'drift'),
      'the note of the drift',
    );
    assert.ok(note.type === 'run:note');
    assert.equal(note.unit, npu);
    assert.match(note.text, /^it takes (2\.9|3\.0)\d times as long as before$/);
    const marked = await wait(
      (events) => events.findLast((e) => e.type === 'unit' && e.unit.id === npu && e.unit.drift !== null),
      'the mark at the unit',
    );
    assert.ok(marked.type === 'unit' && Math.abs((marked.unit.drift ?? 0) - 3) < 0.2);
    await wait(ended(1), 'the end');
    const kept = await wait(
      (events) =>
        events.findLast((e) => e.type === 'profile' && e.profile.unit === npu && e.profile.model === 'resnet101'),
      'its profile',
    );
    assert.ok(kept.type === 'profile');
    assert.ok(Math.abs(kept.profile.meanMs / (3 * 31.77) - 1) < 0.1, `${kept.profile.meanMs}`);
    assert.equal(kept.profile.conditions?.during, 'run');
    assert.equal(kept.profile.conditions?.run, 1);
    assert.deepEqual(kept.profile.conditions?.beside, ['tinker.cpu', 'tinker.ncs2', 'tinker.coral']);
  });
});

test('a unit tells which faults are set, until they are cleared or its process is gone; clearing costs no job', async () => {
  const npu = 'tinker.npu' as UnitId;
  await withEngine(async (engine, wait) => {
    const fault = (fault: UnitFault) => engine.send({ type: 'fault', unit: npu, fault });
    const told = async (kinds: readonly string[]) =>
      wait((events) => {
        const last = events.findLast((e) => e.type === 'unit' && e.unit.id === npu);
        if (last?.type !== 'unit' || last.unit.status === 'starting') return undefined;
        return String(last.unit.faults.map(({ kind }) => kind)) === String(kinds) || undefined;
      }, `${kinds}`);
    fault({ kind: 'slow', factor: 3 });
    await told(['slow']);
    fault({ kind: 'garbage' });
    await told(['slow', 'garbage']);
    fault({ kind: 'slow', factor: 1 });
    await told(['garbage']);
    fault({ kind: 'hang' });
    fault({ kind: 'clear' });
    await told([]);
    fault({ kind: 'slow', factor: 20 });
    engine.send({ type: 'run', plan: plan(1, { jobs: [10, 10, 10], switchMs: 0 }) });
    await wait(started(1), 'rows');
    await told(['slow']);
    fault({ kind: 'clear' });
    const end = await wait(ended(1), 'the end');
    assert.deepEqual([end.status, end.failed, end.figures?.jobs], ['done', 0, 30]);
    const trace = await wait((events) => rowsOf(events, 1), 'rows');
    assert.equal(trace.outcome.filter((outcome) => OUTCOMES[outcome] === 'lost').length, 0);
    fault({ kind: 'slow', factor: 2 });
    await told(['slow']);
    fault({ kind: 'crash' });
    await told([]);
    fault({ kind: 'leave' });
    await told(['leave']);
    fault({ kind: 'clear' });
    await told([]);
  });
});

test('a run that measured a pair a few times leaves the better-known profile of it alone', async () => {
  await withEngine(async (engine, wait) => {
    const [npu, coral] = ['tinker.npu', 'tinker.coral'] as UnitId[] as [UnitId, UnitId];
    const model = POSTER_MODELS[0]!; // it has three
    const kept = { unit: npu, model, meanMs: 10.6, p50Ms: 10.6, p95Ms: 11, p99Ms: 11, ciMs: 0.1 };
    const rest = { loadMs: 0, samples: 50, outliers: 0, source: 'measured' as const };
    const shelf = { boards: [board], models: [], switchCosts: [], samples: [], version: '0' };
    engine.send({ type: 'boards', ...shelf, profiles: [{ ...kept, ...rest, measuredAt: '', conditions: null }] });
    engine.send({ type: 'run', plan: plan(1, { units: [npu, coral], models: [model], jobs: [8] }) });
    const heard = await wait((events) => ended(1)(events) && [...events], 'the end');
    const learned = heard.flatMap((event) => (event.type === 'profile' ? [event.profile.unit] : []));
    assert.deepEqual(learned, [coral]);
  });
});

test('a board is measured: times, what a change of models costs, and two units side by side', async () => {
  await withEngine(async (engine, wait) => {
    const table = {
      units: [{ id: 'stick', modelSlots: 1, switchMs: 12 }, { id: 'chip' }],
      models: ['a', 'b'],
      latencyMs: { stick: { a: 3, b: 5 }, chip: { a: 2, b: null } },
    };
    const own = customBoard('own', 'Own', table);
    const empty = { models: [], profiles: [], switchCosts: [], samples: [], version: '1.2.3' };
    engine.send({ type: 'boards', boards: [board, own], ...empty });
    engine.send({ type: 'measure', board: 'own' });
    const state = await wait(
      (events) => events.find((e) => e.type === 'measure' && e.state.status !== 'measuring'),
      'the end of the measurement',
    );
    assert.deepEqual(state.type === 'measure' && state.state, { board: 'own', status: 'done', reason: null });
    const events = await wait((events) => events, 'what was said');
    const profiles = events.flatMap((e) => (e.type === 'profile' ? [e.profile] : []));
    assert.deepEqual(
      profiles.map(({ unit, model }) => `${unit} ${model}`),
      ['own.stick a', 'own.stick b', 'own.chip a'],
    );
    for (const { meanMs, samples, ciMs, conditions } of profiles) {
      assert.ok(meanMs >= 2 && samples >= 5 && ciMs !== null);
      assert.deepEqual([conditions?.during, conditions?.version], ['measuring', '1.2.3']);
    }
    const costs = events.flatMap((e) => (e.type === 'switch-costs' ? e.costs : []));
    assert.deepEqual(
      costs.map(({ from, to }) => `${from} → ${to}`),
      ['b → a', 'a → b'],
    );
    for (const { ms } of costs) assert.ok(ms > 10 && ms < 20, `${ms}`);
    const factors = events.flatMap((e) => (e.type === 'co-runs' ? e.runs : []));
    assert.deepEqual(
      factors.map(({ unit, beside }) => `${unit} beside ${beside}`),
      ['own.stick beside own.chip', 'own.chip beside own.stick'],
    );
  });
});

test('a measurement ends at once when it is told to, or when a run begins', async () => {
  await withEngine(async (engine, wait) => {
    const over = (n: number) => (events: EngineEvent[]) => {
      const states = events.flatMap((e) => (e.type === 'measure' && e.state.status !== 'measuring' ? [e.state] : []));
      return states[n];
    };
    engine.send({ type: 'measure', board: 'tinker' });
    await wait((events) => events.find((e) => e.type === 'profile'), 'a first profile');
    engine.send({ type: 'measure:stop' });
    assert.deepEqual(await wait(over(0), 'its end'), { board: 'tinker', status: 'stopped', reason: 'it was stopped' });
    engine.send({ type: 'measure', board: 'tinker' });
    await wait((events) => events.findLast((e) => e.type === 'measure' && e.state.status === 'measuring'), 'its start');
    engine.send({ type: 'run', plan: plan(1, { policy: 'sjf', jobs: [5, 5, 5] }) });
    assert.deepEqual(await wait(over(1), 'its end'), { board: 'tinker', status: 'stopped', reason: 'a run began' });
    assert.equal((await wait(ended(1), 'the end of the run')).figures?.jobs, 15);
  });
});

test('race rehearses beside the run: rounds are said, another policy takes over, and every job is done once', async () => {
  await withEngine(async (engine, wait) => {
    const deadlineMs = [50, 150, 250];
    engine.send({
      type: 'run',
      plan: plan(1, { policy: 'race', jobs: [160, 160, 160], arrivals: { kind: 'poisson', ratePerS: 80 }, deadlineMs }),
    });
    const end = await wait(ended(1), 'the end of the run');
    const rounds = await wait((events) => events.flatMap((e) => (e.type === 'run:race' ? [e.round] : [])), 'rounds');
    const trace = await wait((events) => rowsOf(events, 1), 'rows');
    assert.equal(end.status, 'done');
    assert.equal(new Set(trace.job.subarray(0, trace.rows)).size, 480);
    assert.ok(rounds.length >= 1 && rounds.every(({ entries }) => entries.length > 5), `${rounds.length} rounds`);
    assert.equal(rounds[0]?.figure, 'missRate');
  });
});
