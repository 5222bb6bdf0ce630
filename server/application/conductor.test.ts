import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shippedBoards } from '../hardware/boards.ts';
import { createConductor } from './conductor.ts';
import type { Engine } from './engine.ts';
import { experimentSpec } from './experiment.ts';
import type { KeptExperiment, Ledger } from './ledger.ts';
import type { EngineCommand, EngineEvent } from './messages.ts';

const QUALITY = { hopP50Us: 1, hopP99Us: 2, decisions: 3, decisionMeanUs: 4 };

/** An engine that does only what the test tells it. */
function fakeEngine() {
  const heard: EngineCommand[] = [];
  let say: (event: EngineEvent) => void = () => {};
  let die: (reason: string) => void = () => {};
  let starts = 0;
  const start = (): Engine => {
    starts++;
    return {
      send: (command) => void heard.push(command),
      on: (listener) => (say = listener),
      onDeath: (listener) => (die = listener),
      answers: async () => true,
      close: async () => {},
    };
  };
  const runs = () => heard.flatMap((command) => (command.type === 'run' ? [command.plan] : []));
  const end = (run: number, status: 'done' | 'stopped' = 'done') =>
    say({ type: 'run:ended', run, status, reason: null, figures: null, failed: 0, quality: QUALITY });
  return {
    heard,
    start,
    runs,
    end,
    say: (event: EngineEvent) => say(event),
    die: () => die('bang'),
    starts: () => starts,
  };
}

/** A ledger that remembers the last status of everything. */
function fakeLedger(queued: KeptExperiment[] = []) {
  const experiments = new Map<number, string>();
  const runs = new Map<number, string>();
  const winners: [run: number, winner: string][] = [];
  let ids = 0;
  const ledger: Ledger = {
    queued: async () => queued,
    async create(experiment) {
      const id = ++ids;
      const made = experiment.runs.map((run, i) => ({ ...run, id: id * 100 + i }));
      experiments.set(id, 'queued');
      for (const run of made) runs.set(run.id, 'queued');
      return { ...experiment, id, runs: made };
    },
    experimentStarted: async (id) => void experiments.set(id, 'running'),
    experimentEnded: async (id, status) => void experiments.set(id, status),
    runStarted: async (id) => void runs.set(id, 'running'),
    rows: () => {},
    note: async () => {},
    round: async (run, { winner }) => void winners.push([run, winner]),
    answer: async () => {},
    async runEnded(id, { status }) {
      runs.set(id, status);
      return status;
    },
    figuresSoFar: async () => null,
    runsDropped: async (ids, status) => {
      for (const id of ids) runs.set(id, status);
    },
    saveProfiles: async () => {},
    saveMeasurements: async () => {},
  };
  return { ledger, experiments, runs, winners };
}

async function stage() {
  const engine = fakeEngine();
  const kept = fakeLedger();
  const conductor = await createConductor({
    ledger: kept.ledger,
    startEngine: engine.start,
    stock: () => ({
      boards: shippedBoards({ models: [] }),
      models: [],
      pictures: [],
      traces: [],
      policies: ['fcfs', 'sjf'],
    }),
    profiles: [],
    measurements: { switchCosts: [], coRuns: [] },
    version: '0.0.0',
    room: async () => ({ ok: true, value: undefined }),
    say: () => {},
  });
  const launch = async (policies = ['fcfs'], repeats = 1) => {
    const models = [{ id: 'mobilenet_v2', jobs: 3 }];
    const spec = { units: ['tinker.cpu'], models, policies, repeats, workload: { kind: 'closed' } };
    const launched = await conductor.launch(experimentSpec.parse(spec), 'ann');
    assert.ok(launched.ok, launched.ok ? '' : launched.error);
    await settle();
    return launched.value;
  };
  return { engine, conductor, launch, ...kept };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

test('an experiment has the board alone, and the next begins when it is over', async () => {
  const { engine, launch, experiments } = await stage();
  const first = await launch();
  const second = await launch();
  assert.deepEqual([experiments.get(first), experiments.get(second)], ['running', 'queued']);
  engine.end(engine.runs()[0]!.run); // the first experiment's
  await settle();
  assert.deepEqual([experiments.get(first), experiments.get(second)], ['done', 'running']);
});

test('repeats are interleaved and every policy of a repeat meets the same arrivals', async () => {
  const { engine, launch } = await stage();
  await launch(['fcfs', 'sjf'], 2);
  for (let i = 0; i < 4; i++) {
    engine.end(engine.runs().at(-1)!.run); // the one that is going
    await settle();
  }
  assert.deepEqual(
    engine.runs().map((plan) => [plan.policy, plan.seed]),
    [
      ['fcfs', 42],
      ['sjf', 42],
      ['fcfs', 43],
      ['sjf', 43],
    ],
  );
});

test('an experiment stops while it waits, while it runs and between two runs', async () => {
  const { engine, conductor, launch, experiments, runs } = await stage();
  const going = await launch(['fcfs', 'sjf']);
  const waiting = await launch();
  await conductor.stop(waiting);
  assert.equal(experiments.get(waiting), 'stopped');
  assert.equal(runs.get(waiting * 100), 'stopped');

  const stopping = conductor.stop(going);
  assert.deepEqual(engine.heard.at(-1), { type: 'stop', run: going * 100 });
  engine.end(going * 100, 'stopped');
  await stopping;
  assert.equal(experiments.get(going), 'stopped');
  assert.deepEqual([runs.get(going * 100), runs.get(going * 100 + 1)], ['stopped', 'stopped']);

  const between = await launch(['fcfs', 'sjf']);
  engine.end(between * 100);
  await conductor.stop(between);
  assert.equal(experiments.get(between), 'stopped');
  assert.deepEqual([runs.get(between * 100), runs.get(between * 100 + 1)], ['done', 'stopped']);
  assert.equal(engine.runs().length, 2, 'nothing that was stopped has begun');
});

test('a late word of a run that is over changes nothing', async () => {
  const { engine, launch, runs } = await stage();
  const id = await launch(['fcfs', 'sjf']);
  engine.end(id * 100);
  await settle();
  engine.end(id * 100, 'stopped');
  await settle();
  assert.deepEqual([runs.get(id * 100), engine.runs().length], ['done', 2]);
});

test('when the engine dies its run has failed, another engine is started and the rest goes on there', async () => {
  const { engine, conductor, launch, experiments, runs } = await stage();
  const id = await launch(['fcfs', 'sjf']);
  engine.die();
  assert.equal(conductor.trouble(), 'the engine is being started again');
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(engine.starts(), 2);
  assert.equal(runs.get(id * 100), 'failed');
  assert.equal(engine.runs().at(-1)?.run, id * 100 + 1);
  engine.end(id * 100 + 1);
  await settle();
  assert.equal(experiments.get(id), 'done');
});

test('when the server ends, what runs is interrupted and what waits goes on waiting', async () => {
  const { engine, conductor, launch, experiments, runs } = await stage();
  const going = await launch(['fcfs', 'sjf']);
  const waiting = await launch();
  const closed = conductor.close();
  engine.end(going * 100, 'stopped');
  await closed;
  assert.deepEqual([runs.get(going * 100), runs.get(going * 100 + 1)], ['interrupted', 'interrupted']);
  assert.deepEqual([experiments.get(going), experiments.get(waiting)], ['interrupted', 'queued']);
});

test('what is not there is refused in one sentence', async () => {
  const { conductor } = await stage();
  const base = {
    units: ['tinker.cpu'],
    models: [{ id: 'mobilenet_v2', jobs: 1 }],
    policies: ['fcfs'],
    workload: { kind: 'closed' },
  };
  for (const [change, sentence] of [
    [{ units: ['moon.cpu'] }, /no board here has a unit "moon.cpu"/],
    [{ models: [{ id: 'alexnet', jobs: 1 }] }, /no model "alexnet"/],
    [{ policies: ['best'] }, /no policy "best"/],
    [{ units: ['machine.cpu'] }, /can run "mobilenet_v2"/],
  ] as const) {
    const launched = await conductor.launch(experimentSpec.parse({ ...base, ...change }), 'ann');
    assert.match(launched.ok ? 'launched' : launched.error, sentence);
  }
});

test('an experiment whose only run lost rows on the way to the disk has failed, whatever the engine says of the run', async () => {
  const { engine, launch, experiments, ledger } = await stage();
  ledger.runEnded = async () => 'failed';
  const experiment = await launch();
  engine.end(engine.runs()[0]!.run); // the experiment's
  await settle();
  assert.equal(experiments.get(experiment), 'failed');
});

test('a board is measured while nothing runs; a second measurement, an unknown board and a running experiment are refused', async () => {
  const { conductor, engine, launch } = await stage();
  assert.deepEqual(conductor.measure('nowhere'), { ok: false, error: 'there is no board "nowhere"' });
  assert.equal(conductor.measure('tinker').ok, true);
  assert.deepEqual(engine.heard.at(-1), { type: 'measure', board: 'tinker' });
  assert.deepEqual(conductor.measured().state, { board: 'tinker', status: 'measuring', step: null, done: 0, of: 0 });
  assert.deepEqual(conductor.measure('machine'), { ok: false, error: 'a measurement is going already' });
  conductor.stopMeasuring();
  assert.deepEqual(engine.heard.at(-1), { type: 'measure:stop' });
  engine.say({ type: 'measure', state: { board: 'tinker', status: 'stopped', reason: 'it was stopped' } });
  await launch();
  assert.deepEqual(conductor.measure('tinker'), {
    ok: false,
    error: 'an experiment is running; measure when it is over',
  });
});

test('a measurement that its engine did not live to end has failed', async () => {
  const { conductor, engine } = await stage();
  conductor.measure('tinker');
  engine.die();
  assert.equal(conductor.measured().state?.status, 'failed');
});

test('a rehearsal of the running race is kept, then told; one of a run that is over is neither', async () => {
  const { engine, conductor, launch, winners } = await stage();
  const told: number[] = [];
  conductor.on((change) => {
    if (change.type === 'race') told.push(change.run);
  });
  await launch();
  const run = engine.runs()[0]!.run; // it was launched
  const round = { atMs: 5, figure: 'p99', entries: [], winner: 'mct', switched: true, jobs: 9, tookMs: 1 } as const;
  engine.say({ type: 'run:race', run, round });
  await settle();
  engine.end(run);
  await settle();
  engine.say({ type: 'run:race', run, round });
  await settle();
  assert.deepEqual(winners, [[run, 'mct']]);
  assert.deepEqual(told, [run]);
});
