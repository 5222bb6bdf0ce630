import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { jsonOf } from '../../scripts/read-input.ts';
import { readQuestion } from '../../scripts/simulate-question.ts';
import { parseValues } from '../../scripts/simulate-values.ts';
import { readDrifts, readOutages } from '../../scripts/simulate-windows.ts';
import { examinePicture } from '../application/picture-store.ts';
import { readTrace, surveyTrace } from '../application/trace-file.ts';
import type { Result } from '../brand.ts';
import { readConfig } from '../config.ts';
import type { Format } from '../hardware/artefact.ts';
import { latencyTable, looseLatencyTable } from '../hardware/board.ts';
import { readIr } from '../hardware/ncs2/read-ir.ts';
import { readModel } from '../hardware/onnx/read-model.ts';
import { checkOpaque } from '../hardware/opaque-model.ts';
import { readTflite } from '../hardware/tflite/read-model.ts';
import { readCursor } from '../history/run-order.ts';
import { Refusal } from '../panel/refusal.ts';
import { type Body, hostileFile, hostileJson, hostileText, type Json } from './bad-input/hostile.ts';
import { sampleFiles } from './model-samples.ts';
import { root, temporaryFolder } from './product.ts';

// Every parser, in this process: what is nearly right is read, or refused in one sentence, and nothing else is ever thrown.

const CASES = { numRuns: 400, seed: 13 };
const folder = temporaryFolder();
after(folder.remove);

/** A value of what was read, or a sentence, as it stands in the answer. */
function refusedWell(result: Result<unknown>): void {
  if (!result.ok) oneSentence(new Refusal(400, 'bad', result.error).message);
}
function oneSentence(said: string): void {
  assert.match(said, /^\S[^\n\r]{3,700}$/u);
  assert.doesNotMatch(
    said,
    /node_modules|node:internal|RangeError|TypeError|Maximum call stack|undefined is not|\[object/,
  );
}
/** On the command line a refusal is thrown, under its own name. */
function unusableAtWorst(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    assert.equal((error as Error).name, 'Unusable', (error as Error).stack);
    oneSentence((error as Error).message);
  }
}
const inFile = ({ bytes }: Body): string => {
  const file = join(folder.path, 'stranger.json');
  writeFileSync(file, bytes);
  return file;
};

const table: Json = {
  units: [
    { id: 'a', modelSlots: 1, switchMs: 5 },
    { id: 'b', switchMs: { x: { y: 3 } } },
  ],
  models: ['x', 'y'],
  latencyMs: { a: { x: 1, y: 2 }, b: { x: 3, y: null } },
  parameters: { x: 1000 },
};

test('latency tables', () => {
  const property = fc.property(hostileJson(table), (body) => {
    unusableAtWorst(() => jsonOf('--table', inFile(body), looseLatencyTable));
    unusableAtWorst(() => jsonOf('--table', inFile(body), latencyTable));
  });
  fc.assert(property, CASES);
});

test('drifts and outages', () => {
  const windows: Json = [
    { unit: 'a', fromMs: 0, toMs: 5, factor: 2 },
    { unit: 'b', fromMs: 3, toMs: null, factor: 1 },
  ];
  const property = fc.property(hostileJson(windows), (body) => {
    const file = inFile(body);
    unusableAtWorst(() => readDrifts(file, ['a', 'b']));
    unusableAtWorst(() => readOutages(file, ['a', 'b']));
  });
  fc.assert(property, CASES);
});

test('recorded streams: one bad line among good ones', async () => {
  const good = { atMs: 5, model: 'x', deadlineMs: 3 };
  const property = fc.asyncProperty(
    hostileJson(good),
    fc.constantFrom('\n', '\r\n', '\0\n', '\u2028'),
    async ({ bytes }, end) => {
      const lines = [JSON.stringify(good), bytes.toString(), JSON.stringify(good)];
      refusedWell(readTrace(lines.join(end), ['x', 'y']));
      refusedWell(await surveyTrace(lines.join(end), 1000));
    },
  );
  await fc.assert(property, CASES);
});

test('models: nothing is read beyond a file’s end, whatever its head says', () => {
  const readers: Record<Format, (bytes: Uint8Array) => Result<unknown>> = {
    onnx: readModel,
    tflite: readTflite,
    edgetpu: readTflite,
    ir: readIr,
    rknn: (bytes) => checkOpaque(bytes, 'rknn'),
    blob: (bytes) => checkOpaque(bytes, 'blob'),
    graph: (bytes) => checkOpaque(bytes, 'graph'),
  };
  for (const [format, files] of Object.entries(sampleFiles()))
    for (const file of files) {
      const property = fc.property(hostileFile(file), ({ bytes }) => refusedWell(readers[format as Format](bytes)));
      fc.assert(property, CASES);
    }
});

test('pictures', async () => {
  for (const name of ['leaf.jpg', 'cup.png']) {
    const file = hostileFile(readFileSync(join(root, 'public/samples', name)));
    const property = fc.asyncProperty(file, hostileText, async ({ bytes }, called) =>
      refusedWell(await examinePicture(bytes, called)),
    );
    await fc.assert(property, { ...CASES, numRuns: 60 });
  }
});

test('cursors of a list', () => {
  const coded = fc.oneof(
    hostileText,
    hostileText.map((text) => Buffer.from(text).toString('base64url')),
    hostileJson([1, 'id', 5]).map(({ bytes }) => bytes.toString('base64url')),
  );
  fc.assert(
    fc.property(coded, (text) => void readCursor(text)),
    CASES,
  );
});

test('the environment and the server’s own flags', () => {
  const NAMES = [
    'HOST',
    'PORT',
    'DATA_DIR',
    'ALLOWED_HOSTS',
    'MODE',
    'SWITCHYARD_UNITS',
    'SWITCHYARD_ROOT',
    '__proto__',
    'constructor',
  ];
  const environment = fc.dictionary(
    fc.constantFrom(...NAMES),
    fc.oneof(hostileText, fc.constantFrom('70000', '-1', '80.5', 'onnx,onnx', 'onnx,,', 'tflite-int4', 'dev', '1e3')),
  );
  const flags = fc.array(
    fc.oneof(fc.constantFrom('--ready-json', '--insecure-http', '--', '-x', '--ready-json=1'), hostileText),
    { maxLength: 3 },
  );
  const property = fc.property(environment, flags, (env, argv) => {
    const read = readConfig(env, argv);
    if (!read.ok) return oneSentence(read.error);
    const { port, host } = read.value;
    assert.ok(Number.isInteger(port) && port >= 0 && port <= 65_535 && host.length > 0);
  });
  fc.assert(property, CASES);
});

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  ...{
    policy: ['fcfs', 'all', 'none'],
    jobs: ['30', '0', '-1'],
    mix: ['1:1:1', '0:0:0', '1:2'],
    'switch-ms': ['500', 'forbidden', 'x'],
  },
  ...{
    arrivals: ['poisson', 'server', 'bursts', 'sometimes'],
    rate: ['5'],
    load: ['0.5'],
    'burst-factor': ['4'],
    'burst-ms': ['9'],
    'p99-ms': ['50'],
  },
  ...{
    'deadline-ms': ['resnet50=50', 'resnet50=0', 'resnet50'],
    priority: ['resnet50=3'],
    parameters: ['resnet50=3'],
    seed: ['7'],
  },
  ...{
    noise: ['0.1'],
    depth: ['2'],
    table: ['/nowhere', '/'],
    trace: ['/nowhere'],
    drift: ['/nowhere'],
    ranks: ['profiler', '/nowhere'],
  },
  ...{ cold: [], json: [], help: [], '': [] },
};

test('the command line', () => {
  const option = fc.constantFrom(...Object.keys(OPTIONS)).chain((name) => {
    const values = OPTIONS[name]!; // one of its keys
    const value = fc.oneof(...(values.length > 0 ? [fc.constantFrom(...values)] : []), hostileText);
    return fc.oneof(
      value.map((text) => [`--${name}`, text]),
      value.map((text) => [`--${name}=${text}`]),
      fc.constant([`--${name}`]),
    );
  });
  const property = fc.property(fc.array(option, { maxLength: 4 }), (words) => {
    unusableAtWorst(() => readQuestion(parseValues(words.flat())));
  });
  fc.assert(property, { ...CASES, numRuns: 1500 });
});
