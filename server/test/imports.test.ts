import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

// The poster's layers, as a rule: application asks, scheduling decides, hardware runs. Imports point down that list; only
// callbacks and events go up. The doors (panel, history) may look at the layers, never the other way round; what history
// answers is worded by the panel's wire.ts, which is nothing but words.

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** What files of each room may import from; a room may always import from itself and from brand.ts. */
const MAY: Record<string, readonly string[]> = {
  'server/hardware': [],
  'server/scheduling': ['server/hardware'],
  'server/application': ['server/scheduling', 'server/hardware'],
  'server/history': [
    'server/application',
    'server/scheduling',
    'server/hardware',
    'server/generated',
    'server/panel/wire.ts',
  ],
  'server/panel': [
    'server/history',
    'server/application',
    'server/scheduling',
    'server/hardware',
    'server/config.ts',
    'server/sentence.ts',
  ],
};

/** Values that pages may use: pure files, which drag nothing of Node or of the running engine into the browser. */
const PURE_FOR_PAGES = [
  'server/panel/frame.ts',
  'server/panel/password-length.ts',
  'server/application/experiment.ts',
  'server/application/paced.ts',
  'server/application/status.ts',
  'server/application/trace.ts',
  'server/application/arrivals.ts',
  'server/application/paced.ts',
  'server/application/measures.ts',
  'server/scheduling/quantile.ts',
  'server/scheduling/t-interval.ts',
  'server/application/select.ts',
  'server/application/again.ts',
  'server/history/search/fields.ts',
  'server/history/search/parse.ts',
  'server/history/search/problem.ts',
  'server/panel/permissions.ts',
  'server/panel/wire.ts',
  'server/scheduling/reason.ts',
  'server/hardware/artefact.ts',
  'server/hardware/board.ts',
  'server/hardware/doctor/sentences.ts',
  'server/hardware/time-in.ts',
  'server/hardware/simulated/poster.ts',
];

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

/** All imports of a file, or of every source file under a folder. */
function importsOf(place: string): Import[] {
  const files = /\.tsx?$/.test(place) ? [place] : sourcesUnder(place);
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const found = text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'|import\('([^']+)'\)/gm);
    return [...found].map(([, type, from, dynamic]) => ({
      file,
      target: resolved(file, from ?? dynamic ?? ''),
      typeOnly: type !== undefined,
    }));
  });
}

function sourcesUnder(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('generated'));
}

const resolved = (file: string, target: string): string =>
  target.startsWith('.') ? relative(root, join(root, dirname(file), target)) : target;

const room = (file: string): string => file.split('/').slice(0, 2).join('/');
const isTest = (file: string): boolean => /\.(test|e2e)\.tsx?$/.test(file) || file.startsWith('server/test/');

test('imports point down: application → scheduling → hardware', () => {
  const wrong = Object.entries(MAY).flatMap(([from, may]) =>
    importsOf(from)
      .filter(({ file, target }) => !isTest(file) && target.startsWith('server/') && target !== 'server/brand.ts')
      .filter(
        ({ target }) => room(target) !== from && !may.some((allowed) => target === allowed || room(target) === allowed),
      )
      .map(({ file, target }) => `${file} looks up at ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test('scheduling is pure: nothing of Node, no library', () => {
  const wrong = importsOf('server/scheduling').filter(
    ({ file, target }) => !isTest(file) && !target.startsWith('server/'),
  );
  assert.deepEqual(wrong, []);
});

test('pages take types from the server, and values only from its pure files', () => {
  const wrong = importsOf('app').filter(
    ({ file, target, typeOnly }) =>
      !isTest(file) && target.startsWith('server/') && !typeOnly && !PURE_FOR_PAGES.includes(target),
  );
  assert.deepEqual(wrong, []);
});

test('the pure files that pages use import nothing that is not pure', () => {
  const wrong = PURE_FOR_PAGES.flatMap((file) =>
    importsOf(file).filter(({ target, typeOnly }) => !typeOnly && target !== 'zod' && !PURE_FOR_PAGES.includes(target)),
  );
  assert.deepEqual(wrong, []);
});
