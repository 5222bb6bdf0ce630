// Finds a Chromium for the tests that need one; on Debian, installs it where that is allowed without asking anybody.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runStep } from './step.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Its path, or null where there is none and none could be had. */
export async function findOrInstallBrowser() {
  return findBrowser() ?? (await installed());
}

export function findBrowser(env = process.env) {
  if (env.CHROME_BIN) return isProgram(env.CHROME_BIN) ? env.CHROME_BIN : null;
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram) ?? null;
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not ours to run
  }
}

async function installed() {
  const asRoot = rights();
  if (process.env.CHROME_BIN || !asRoot || !existsSync('/etc/debian_version')) return null;
  try {
    await runStep('reading Debian’s list of packages', ...asRoot, 'apt-get', 'update', '-q');
    await runStep(
      'installing Chromium',
      ...asRoot,
      'apt-get',
      'install',
      '-y',
      '-q',
      '--no-install-recommends',
      'chromium',
    );
  } catch {
    return null; // the step has said why; the summary says what was skipped
  }
  return findBrowser();
}

/** What to put before a command so that it runs as root without a question; null where that is not possible. */
function rights() {
  const quiet = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  if (process.getuid?.() === 0) return quiet;
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n', ...quiet] : null;
}
