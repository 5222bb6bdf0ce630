// Packages of Debian for tests that need them, installed where that is allowed without asking anybody.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runStep } from './step.mjs';

/** Whether they are there now; a step that fails says why. `what`: as people call it. */
export async function installPackages(what, ...packages) {
  const asRoot = rights();
  if (!asRoot || !existsSync('/etc/debian_version')) return false;
  const apt = [...asRoot, 'apt-get'];
  try {
    await runStep('reading Debian’s list of packages', ...apt, 'update', '-q');
    await runStep(`installing ${what}`, ...apt, 'install', '-y', '-q', '--no-install-recommends', ...packages);
    return true;
  } catch {
    return false;
  }
}

/** What to put before a command so that it runs as root without a question; null where that is not possible. */
function rights() {
  const quiet = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  if (process.getuid?.() === 0) return quiet;
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n', ...quiet] : null;
}
