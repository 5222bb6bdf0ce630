// Finds a Chromium for the tests that need one; on Debian, installs it where that is allowed without asking anybody.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackages } from './debian.mjs';

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
  if (process.env.CHROME_BIN) return null;
  await installPackages('Chromium', 'chromium'); // where it fails, the summary says what was skipped
  return findBrowser();
}
