import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { policyNames } from '../scheduling/policies/index.ts';
import { CORAL, fakeRoot } from './fake-root.ts';

// The command line as a person calls it: the built program, another process, standard output and exit codes.

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = mkdtempSync(join(tmpdir(), 'switchyard-cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function call(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'scripts/switchyard.mjs'), ...args], {
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}
const json = (...args: string[]) => JSON.parse(call('simulate', ...args, '--json').stdout);
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

test('one policy gives one object with everything the contract names', () => {
  const answer = json('--policy', 'fcfs', '--mix', '1:1:1', '--jobs', '300', '--switch-ms', '500');
  assert.equal(answer.makespanMs.toFixed(1), '5137.7');
  assert.equal(answer.jobs, 300);
  assert.equal(answer.simulated, true);
  assert.equal(answer.bound.throughput.toFixed(3), '101.057');
  assert.deepEqual(Object.keys(answer.utilisation), ['cpu', 'ncs2', 'coral', 'npu']);
  assert.deepEqual(Object.keys(answer.perModel), ['mobilenet_v2', 'resnet50', 'resnet101']);
  assert.deepEqual(Object.keys(answer.perModel.resnet50), ['jobs', 'meanMs', 'p99Ms']);
  assert.deepEqual(Object.keys(answer.latency), ['meanMs', 'p50Ms', 'p95Ms', 'p99Ms']);
  assert.equal(answer.throughput, (300 * 1000) / answer.makespanMs);
});

test('all policies give an array, in order', () => {
  const answers = json('--policy', 'all', '--switch-ms', '500');
  assert.deepEqual(
    answers.map((a: { policy: string }) => a.policy),
    policyNames(),
  );
});

test('a table of one’s own replaces the poster’s, its switch cost and holes included', () => {
  const table = file('table.json', {
    units: [{ id: 'a', modelSlots: 1, switchMs: 7 }, { id: 'b' }],
    models: ['x', 'y'],
    latencyMs: { a: { x: 10, y: 20 }, b: { x: 30, y: null } },
  });
  // By hand, x first at both: a x(10) | b x(30); a: y pays 7 → 37 …; fcfs sends each to the least cost among the idle.
  const answer = json('--policy', 'fcfs', '--table', table, '--jobs', '2');
  assert.equal(answer.makespanMs, 37);
  assert.equal(answer.switches, 1);
  assert.equal(json('--policy', 'fcfs', '--table', table, '--jobs', '2', '--switch-ms', '0').makespanMs, 30);
});

test('ranks from a file are obeyed', () => {
  const ranks = file('ranks.json', { cpu: [], ncs2: [], coral: [], npu: ['resnet101', 'resnet50', 'mobilenet_v2'] });
  const answer = json('--policy', 'priority', '--ranks', ranks, '--jobs', '3');
  assert.ok(Math.abs(answer.makespanMs - (10.499 + 21.345 + 31.77)) < 1e-9);
});

test('without --json a person reads a table that says SIMULATED', () => {
  const { stdout, status } = call('simulate', '--switch-ms', '500');
  assert.equal(status, 0);
  assert.match(stdout, /SIMULATED/);
  assert.match(stdout, /sjf\s+4409\.1/);
});

const REFUSED: [name: string, args: string[], says: RegExp][] = [
  ['an unknown policy', ['--policy', 'magic'], /--policy knows fluid/],
  ['a mix of the wrong length', ['--mix', '1:2'], /--mix needs 3 numbers/],
  ['a mix that asks for nothing', ['--mix', '0:0:0'], /--mix asks for nothing/],
  ['no jobs', ['--jobs', '0'], /--jobs/],
  ['fewer than no jobs', ['--jobs', '-1'], /--jobs is a number from 1/],
  ['a stream too short to measure', ['--rate', '10', '--jobs', '1'], /--jobs leaves nothing to measure/],
  ['half a job', ['--jobs', '1.5'], /--jobs is a whole number/],
  ['a rate and a load', ['--rate', '5', '--load', '0.5'], /--rate and --load exclude each other/],
  ['a batch with a rate', ['--arrivals', 'closed', '--rate', '5'], /--arrivals closed takes no --rate/],
  ['a stream without a rate', ['--arrivals', 'poisson'], /--arrivals poisson needs/],
  ['bursts without a rate', ['--arrivals', 'bursts'], /--arrivals bursts needs --rate or --load/],
  [
    'a burst factor for a steady stream',
    ['--rate', '5', '--burst-factor', '2'],
    /--arrivals poisson takes no --burst-/,
  ],
  ['a scenario that nobody knows', ['--arrivals', 'serial'], /--arrivals is one of closed, poisson, bursts, offline/],
  ['a server without a bound', ['--arrivals', 'server'], /--arrivals server needs --p99-ms/],
  [
    'a server with a rate',
    ['--arrivals', 'server', '--p99-ms', '9', '--rate', '5'],
    /--arrivals server takes no --rate/,
  ],
  ['a deadline for a model that is not there', ['--deadline-ms', 'vgg=5'], /--deadline-ms names the model "vgg"/],
  ['a deadline that is no number', ['--deadline-ms', 'resnet50=soon'], /--deadline-ms for resnet50 is a number/],
  ['a deadline of no model', ['--deadline-ms', '50'], /--deadline-ms is model=number/],
  ['a priority that does not fit', ['--priority', 'resnet50=256'], /--priority for resnet50 is a number from 0 to 255/],
  ['a model named twice', ['--priority', 'resnet50=1,resnet50=2'], /--priority names the model "resnet50" twice/],
  ['parameters without a cold start', ['--parameters', 'resnet50=1'], /--parameters is for --cold alone/],
  ['a trace that is not there', ['--trace', '/nowhere/trace.jsonl'], /--trace \/nowhere/],
  ['drift that is not there', ['--drift', '/nowhere/drift.json'], /--drift \/nowhere/],
  ['negative switching', ['--switch-ms=-1'], /--switch-ms/],
  ['an unknown option', ['--polcy', 'fcfs'], /--polcy/],
  ['a stray word', ['fcfs'], /fcfs/],
  ['a table that is not there', ['--table', '/nowhere/table.json'], /--table/],
];
for (const [name, args, says] of REFUSED) {
  test(`${name} is refused with one sentence and exit code 2`, () => {
    const { stdout, stderr, status } = call('simulate', ...args);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, says);
    assert.equal(stderr.trim().split('\n').length, 1);
  });
}

test('broken files are refused with the place of the fault', () => {
  const cases: [string, unknown, RegExp][] = [
    ['half.json', '{"units":', /--table .*half\.json/],
    [
      'hole.json',
      { units: [{ id: 'a' }], models: ['x'], latencyMs: { a: { x: null } } },
      /no unit can run the model "x"/,
    ],
    ['negative.json', { units: [{ id: 'a' }], models: ['x'], latencyMs: { a: { x: -1 } } }, /latencyMs\.a\.x/],
    ['twice.json', { units: [{ id: 'a' }, { id: 'a' }], models: ['x'], latencyMs: { a: { x: 1 } } }, /named twice/],
  ];
  for (const [name, content, says] of cases) {
    const { stderr, status } = call('simulate', '--table', file(name, content));
    assert.equal(status, 2, name);
    assert.match(stderr, says);
  }
});

test('equal cells of a table stay equal however long the run: one model is finished before the other, with one switch', () => {
  const table = file('tie.json', {
    units: [{ id: 'u', modelSlots: 1, switchMs: 100 }],
    models: ['a', 'b'],
    latencyMs: { u: { a: 3.3, b: 3.3 } },
  });
  const answer = json('--policy', 'sjf', '--table', table, '--jobs', '300');
  assert.equal(answer.makespanMs.toFixed(1), '1090.0');
  assert.equal(answer.switches, 1);
});

test('shared affinity weighs switches in the order in which the jobs really come', () => {
  const table = file('share.json', {
    units: [{ id: 'U' }, { id: 'V', modelSlots: 1, switchMs: 20, note: 'capitals and further keys are fine' }],
    models: ['A', 'B', 'C'],
    latencyMs: { U: { A: 30, B: 26, C: 19 }, V: { A: 8, B: 6, C: 1 } },
  });
  assert.equal(json('--policy', 'affinity', '--table', table, '--mix', '3:1:2', '--jobs', '4').makespanMs, 42);
});

test('the NCS2 without a rank is pinned at the mix that was asked for, however small the batch', () => {
  const answer = json('--policy', 'priority', '--mix', '8:1:1', '--jobs', '2', '--switch-ms', '500');
  assert.equal(answer.latency.meanMs.toFixed(3), '44.874');
});

test('a model that nobody can run is no harm while nobody asks for it', () => {
  const table = file('idle-model.json', {
    units: [{ id: 'u' }],
    models: ['x', 'y'],
    latencyMs: { u: { x: 5, y: null } },
  });
  assert.equal(json('--policy', 'fcfs', '--table', table, '--mix', '1:0', '--jobs', '4').makespanMs, 20);
  assert.match(call('simulate', '--table', table).stderr, /no unit can run the model "y"/);
});

test('deadlines are counted: missRate overall and for each model that has one', () => {
  const answer = json('--policy', 'fcfs', '--load', '0.5', '--jobs', '1000', '--deadline-ms', 'mobilenet_v2=50');
  assert.ok(answer.missRate > 0 && answer.missRate < 1);
  assert.equal(answer.perModel.mobilenet_v2.missRate, answer.missRate);
  assert.equal(answer.perModel.resnet50.missRate, undefined);
  assert.equal(json('--policy', 'fcfs').missRate, null);
  assert.match(call('simulate', '--load', '0.5', '--deadline-ms', 'mobilenet_v2=50').stdout, /missed/);
});

test('a recorded stream is replayed as it was written down, and its jobs say the mix', () => {
  const trace = file(
    'trace.jsonl',
    '{"atMs":100,"model":"resnet50"}\n{"atMs":0,"model":"mobilenet_v2","deadlineMs":3}\n',
  );
  const answer = json('--policy', 'fcfs', '--trace', trace);
  assert.equal(answer.jobs, 2);
  assert.equal(answer.makespanMs, 121.345);
  assert.equal(answer.missRate, 1, 'the Coral needs 3.393 ms');
  assert.equal(
    answer.bound.throughput.toFixed(3),
    json('--policy', 'fcfs', '--mix', '1:1:0').bound.throughput.toFixed(3),
  );
  assert.match(call('simulate', '--trace', trace, '--jobs', '5').stderr, /--trace and --jobs exclude each other/);
});

test('drift, outages and cold starts are told from files and options', () => {
  const npu = (...args: string[]) => json('--policy', 'fcfs', '--mix', '0:0:1', '--jobs', '2', ...args).makespanMs;
  assert.equal(npu(), 94.509, 'one on the NPU, one on the NCS2');
  const drift = file('drift.json', [{ unit: 'ncs2', fromMs: 0, toMs: null, factor: 2 }]);
  assert.equal(npu('--drift', drift), 189.018);
  const outage = file('outage.json', [{ unit: 'npu', fromMs: 0, toMs: 1000 }]);
  assert.equal(npu('--outage', outage), 108.26, 'the Coral instead of the NPU');
  assert.equal(npu('--cold'), 1201.923, 'nobody knows that the CPU is slow');
});

test('an outage that leaves jobs to nobody is a result, with their number', () => {
  const outage = file('gone.json', [{ unit: 'npu', fromMs: 0, toMs: null }]);
  const answer = json('--policy', 'affinity', '--outage', outage, '--deadline-ms', 'resnet101=1e9');
  assert.deepEqual([answer.jobs, answer.failed, answer.missRate], [200, 100, 1]);
  assert.match(
    call('simulate', '--policy', 'affinity', '--mix', '0:0:1', '--outage', outage).stderr,
    /--outage leaves 300/,
  );
});

test('MLPerf’s scenarios report what they are judged by', () => {
  const single = json('--policy', 'fcfs', '--arrivals', 'single-stream', '--jobs', '30');
  assert.equal(single.latency.p90Ms.toFixed(3), '31.770');
  const multi = json('--policy', 'fcfs', '--arrivals', 'multi-stream', '--jobs', '80');
  assert.equal(multi.query.queries, 10);
  const server = json('--policy', 'affinity', '--arrivals', 'server', '--p99-ms', '500', '--jobs', '900');
  assert.ok(server.latency.p99Ms <= 500 && server.ratePerS > 0);
  assert.equal(
    json('--policy', 'fcfs', '--arrivals', 'offline').makespanMs,
    json('--policy', 'fcfs', '--arrivals', 'closed').makespanMs,
  );
  const bursts = json('--policy', 'fcfs', '--arrivals', 'bursts', '--rate', '20', '--jobs', '100');
  assert.equal(bursts.ratePerS, 20);
});

test('a table may give a matrix of switch costs, and the parameters for a cold start', () => {
  const content = (over: object) => ({
    units: [{ id: 'u', modelSlots: 1, switchMs: { a: { b: 7 }, b: { a: 3 } } }],
    models: ['a', 'b'],
    latencyMs: { u: { a: 10, b: 20 } },
    ...over,
  });
  const matrix = file('matrix.json', content({ parameters: { a: 9, b: 1 } }));
  assert.equal(json('--policy', 'fcfs', '--table', matrix, '--jobs', '4').makespanMs, 60 + 7 + 3 + 7);
  assert.equal(json('--policy', 'sjf', '--table', matrix, '--jobs', '2', '--cold').makespanMs, 30 + 3, 'b first');
  assert.equal(
    json('--policy', 'sjf', '--table', matrix, '--jobs', '2', '--cold', '--parameters', 'a=1,b=9').makespanMs,
    37,
  );
  const half = file('half-known.json', content({ parameters: { a: 9 } }));
  assert.match(call('simulate', '--table', half, '--cold').stderr, /--cold knows .* not of b/);
  const ghost = file('ghost.json', content({ units: [{ id: 'u', switchMs: { a: { z: 1 } } }] }));
  assert.match(call('simulate', '--table', ghost).stderr, /--table .*"z"/);
});

test('windows are refused with their place: an unknown unit, an end before the start, a factor of nothing', () => {
  const window = { unit: 'npu', fromMs: 5, toMs: 9, factor: 2 };
  const cases: [string, unknown, RegExp][] = [
    ['--drift', [window, { ...window, unit: 'gpu' }], /--drift .*: 1: it names the unit "gpu"/],
    ['--drift', [{ ...window, toMs: 5 }], /toMs must be after fromMs/],
    ['--drift', [{ ...window, factor: 0 }], /--drift .*0\.factor/],
    ['--outage', { unit: 'npu' }, /--outage .*array/],
    ['--trace', '{"atMs":0,"model":"vgg"}', /--trace .*: line 1: there is no model "vgg" here/],
  ];
  for (const [option, content, says] of cases) {
    const { stderr, stdout, status } = call('simulate', option, file('wrong', content));
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, says);
    assert.equal(stderr.trim().split('\n').length, 1);
  }
});

test('the doctor says what is missing, and its exit code whether something that is plugged in does not work', () => {
  const well = call('doctor');
  assert.equal(well.status, 0);
  assert.match(well.stdout, /^✓ Node /);
  const machine = fakeRoot(CORAL);
  machine.drop('usr/lib/libedgetpu.so.1');
  process.env.SWITCHYARD_ROOT = machine.path;
  const broken = call('doctor', '--json');
  delete process.env.SWITCHYARD_ROOT;
  machine.remove();
  assert.equal(broken.status, 1);
  assert.equal(JSON.parse(broken.stdout).well, false);
  assert.match(call('doctor', '--jsn').stderr, /^switchyard: doctor: .*--jsn/);
});
