// Everything between a fresh clone and a running server, each step only when its inputs changed. No dependency at load:
// at first there is none. `npm start` and `npm test` both come through here; by itself: node scripts/setup.mjs
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesUnder, hashOf, openStamps, withImports } from './stamps.mjs';
import { runStep, sayNow } from './step.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const node = process.execPath;
const LOCK = ['package.json', 'package-lock.json', '.npmrc'];

/** Ends the process with one sentence when a step fails. */
export async function setUp({ panel = true } = {}) {
  const old = refuseNode(process.versions.node);
  if (old) stop(old);
  try {
    await dependencies();
    const stamps = openStamps(join(root, 'dist/stamps.json'));
    await build(stamps, 'client', clientInputs(), 'server/generated/prisma/client.ts');
    await build(stamps, 'programs', programInputs(), 'dist/server.js');
    if (panel) await build(stamps, 'panel', panelInputs(), 'dist/panel.json');
    await models(stamps);
  } catch (error) {
    stop(error.message);
  }
}

/** A sentence when this Node.js is not one that package.json asks for. */
export function refuseNode(version) {
  const [major, minor] = version.split('.').map(Number);
  const fits = major >= 24 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  return fits ? null : `this is Node.js ${version}; Switchyard needs 20.19 or later, 22.12 or later, or 24`;
}

async function dependencies() {
  const stamps = openStamps(join(root, 'node_modules/.switchyard.json'));
  const stamp = hashOf(root, LOCK, process.versions.modules);
  if (stamps.get('dependencies') === stamp) return;
  if (!isInstalled(readJson('package-lock.json'), readJson('node_modules/.package-lock.json')))
    await runStep('installing dependencies', ...npm('ci', '--include=dev', '--no-audit', '--no-fund'));
  stamps.set('dependencies', stamp);
}

/** npm's own note of what lies in node_modules says the same as the lock: somebody has run npm ci by hand. */
export function isInstalled(lock, installed) {
  if (!lock || !installed) return false;
  return Object.entries(lock.packages).every(
    ([path, wanted]) => path === '' || wanted.optional || installed.packages[path]?.version === wanted.version,
  );
}

function npm(...args) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? [node, script, ...args] : ['npm', ...args];
}

const isSource = (file) => /\.(ts|tsx|css|svg|json)$/.test(file) && !/\.(test|e2e)\.tsx?$/.test(file);
const shared = ['scripts/build.mjs', 'package-lock.json'];
const clientInputs = () => [...shared, 'prisma/schema.prisma', 'prisma.config.ts'];
const programInputs = () => [
  ...shared,
  'scripts/programs.mjs',
  ...filesUnder(root, 'server', isSource),
  ...filesUnder(root, 'scripts', isSource),
];
/** Of the server, only what the panel's pages import: they use its pure parts. */
const panelInputs = () => [
  ...shared,
  'scripts/licences.mjs',
  'scripts/pack-panel.mjs',
  'next.config.mjs',
  'postcss.config.mjs',
  ...filesUnder(root, 'public', () => true),
  ...withImports(root, filesUnder(root, 'app', isSource)),
];

async function build(stamps, part, inputs, output) {
  const stamp = hashOf(root, inputs);
  if (stamps.get(part) === stamp && existsSync(join(root, output))) return;
  const what = { client: 'the database client', programs: 'the programs', panel: 'the panel' }[part];
  await runStep(`building ${what}`, node, 'scripts/build.mjs', part);
  stamps.set(part, stamp);
}

/** 300 MB of networks, once per machine. The program that writes them looks closer; this is the look at every start. */
async function models(stamps) {
  const kept = stamps.get('models');
  const program = hashOf(
    root,
    ['dist/workshop.js'],
    process.env.SWITCHYARD_CACHE,
    process.env.XDG_CACHE_HOME,
    process.env.HOME,
  );
  if (kept?.program === program && kept.files.every(isUnchanged)) return;
  const output = await runStep('writing the built-in models', node, 'dist/workshop.js', 'write');
  const files = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).file);
  stamps.set('models', { program, files: files.map((file) => ({ file, ...factsOf(file) })) });
}

const factsOf = (file) => {
  const { size, mtimeMs } = statSync(file);
  return { size, mtimeMs };
};
const isUnchanged = ({ file, size, mtimeMs }) =>
  existsSync(file) && factsOf(file).size === size && factsOf(file).mtimeMs === mtimeMs;

function readJson(file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

function stop(sentence) {
  sayNow(sentence);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setUp();
