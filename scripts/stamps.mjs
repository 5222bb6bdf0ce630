// Says whether something was already made from exactly these inputs: a hash of the inputs is kept when it is done.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** One small file with the stamps of all steps. */
export function openStamps(file) {
  const stamps = read(file);
  return {
    get: (step) => stamps[step],
    set(step, stamp) {
      stamps[step] = stamp;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(stamps, null, 2)}\n`);
    },
  };
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {}; // none yet, or damaged: everything is made again
  }
}

/** Of contents, not dates: a fresh clone or another branch and back changes every date. */
export function hashOf(root, files, ...more) {
  const hash = createHash('sha256').update(JSON.stringify(more));
  for (const file of [...new Set(files)].sort()) {
    const path = join(root, file);
    hash.update(`\n${file}\n`).update(existsSync(path) ? readFileSync(path) : 'missing');
  }
  return hash.digest('hex').slice(0, 32);
}

/** Files below a folder whose path passes, relative to the root. */
export function filesUnder(root, folder, passes) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesUnder(root, file, passes);
    return passes(file) ? [file] : [];
  });
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(?!type\b)[^'"]*?from\s+['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)/g;

/** These files and all that they import by a relative path, types left out: what a build of them really reads. */
export function withImports(root, files) {
  const seen = new Set();
  const visit = (path) => {
    if (seen.has(path) || !existsSync(path)) return;
    seen.add(path);
    if (!/\.(ts|tsx|mjs)$/.test(path)) return;
    for (const [, named, dynamic] of readFileSync(path, 'utf8').matchAll(IMPORT))
      visit(resolve(dirname(path), named ?? dynamic));
  };
  for (const file of files) visit(join(root, file));
  return [...seen].map((path) => path.slice(root.length + 1));
}
