// npm test: set-up, types, lint, all tests; what CI runs.
//   npm test                    everything
//   npm test -- picture onnx/   only the test files whose path has one of these words in it
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOrInstallBrowser } from './browser.mjs';
import { root, setUp } from './setup.mjs';
import { filesUnder } from './stamps.mjs';
import { findOrInstallPackages } from './test-packages.mjs';
import { readTotals, summary, testArguments } from './test-run.mjs';

const words = process.argv.slice(2);
const chosen = (file) => words.length === 0 || words.some((word) => file.includes(word));
const scratch = mkdtempSync(join(tmpdir(), 'switchyard-test-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const all = ['server', 'app', 'scripts'].flatMap((folder) =>
  filesUnder(root, folder, (file) => /\.(test|e2e)\.tsx?$/.test(file)),
);
const files = all.filter(chosen);
const wholePath = (file) => file.startsWith('server/test/');
const browserTests = files.filter((file) => /\.e2e\.tsx?$/.test(file));
await setUp({ panel: files.some(wholePath) });
if (words.length === 0) await findOrInstallPackages();
const checks =
  words.length > 0
    ? []
    : [
        await check('types', 'typescript/bin/tsc', '--noEmit'),
        await check('lint', '@biomejs/biome/bin/biome', 'check', '.'),
      ];
const groups = [
  await tests(
    'tests beside their files',
    files.filter((file) => !wholePath(file) && !browserTests.includes(file)),
    2,
  ),
  await tests(
    'whole-path tests',
    files.filter((file) => wholePath(file) && !browserTests.includes(file)),
    1,
  ),
  await inBrowser(browserTests),
];
const { lines, passed } = summary(checks, groups);
console.log(lines.join('\n'));
process.exitCode = passed ? 0 : 1;

async function check(name, program, ...args) {
  console.log(`\n── ${name}`);
  const code = await run(process.execPath, [join('node_modules', program), ...args]);
  if (code === 0) console.log('ok');
  return { name, code };
}

async function inBrowser(files) {
  const name = 'tests in a browser';
  if (files.length === 0) return { name, code: 0, pass: 0, fail: 0, skip: 0 };
  const browser = await findOrInstallBrowser();
  if (browser) return tests(name, files, 1, { CHROME_BIN: browser });
  const why = 'no Chromium was found or could be installed; set CHROME_BIN to one';
  return { name, code: 0, pass: 0, fail: 0, skip: files.length, why };
}

async function tests(name, files, concurrency, env = {}) {
  if (files.length === 0) return { name, code: 0, pass: 0, fail: 0, skip: 0 };
  console.log(`\n── ${name} (${files.length} files)`);
  const report = join(scratch, `${name.replaceAll(' ', '-')}.tap`);
  const code = await run(process.execPath, testArguments(files, concurrency, report), env);
  return { name, code, ...readTotals(report) };
}

function run(file, args, env = {}) {
  const child = spawn(file, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1', ...env },
  });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}
