// One step of the set-up: one line on standard error, with seconds; what the step itself prints is shown only when it fails.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const MOST_OUTPUT = 20_000;
/** A minute without a word looks like a hang, to people and to CI. */
const DOT_EVERY_MS = 10_000;

/** No step may ask, call home, or fetch more than npm's packages. */
const QUIET = {
  ONNXRUNTIME_NODE_INSTALL: 'skip',
  NEXT_TELEMETRY_DISABLED: '1',
  CHECKPOINT_DISABLE: '1',
  npm_config_update_notifier: 'false',
};

export const sayNow = (sentence) => void process.stderr.write(`set-up: ${sentence}\n`);

/** Resolves with what it wrote to standard output; rejects with a sentence after showing what it said. */
export async function runStep(what, file, ...args) {
  const from = performance.now();
  process.stderr.write(`set-up: ${what} …`);
  const dots = setInterval(() => process.stderr.write('.'), DOT_EVERY_MS);
  const { code, signal, out, all } = await run(file, args);
  clearInterval(dots);
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  process.stderr.write(code === 0 ? ` ${seconds} s\n` : ` failed after ${seconds} s\n${all}\n`);
  if (code !== 0) throw new Error(`${what} failed (${signal ?? `code ${code}`}); what it said is above`);
  return out;
}

function run(file, args) {
  const child = spawn(file, args, { cwd: root, env: { ...process.env, ...QUIET }, stdio: ['ignore', 'pipe', 'pipe'] });
  const pass = (signal) => {
    child.kill(signal);
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGTERM', pass);
  process.on('SIGINT', pass);
  let out = '';
  let all = '';
  const keep = (chunk) => {
    all = (all + chunk).slice(-MOST_OUTPUT);
  };
  child.stderr.setEncoding('utf8').on('data', keep);
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    out = (out + chunk).slice(-MOST_OUTPUT);
    keep(chunk);
  });
  return new Promise((resolve) => {
    const end = (code, signal) => {
      process.off('SIGTERM', pass);
      process.off('SIGINT', pass);
      resolve({ code, signal, out, all: all.trim() });
    };
    child.on('error', (error) => {
      all = error.message;
      end(1, null);
    });
    child.on('close', end);
  });
}
