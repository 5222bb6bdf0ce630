import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Result } from '../../brand.ts';
import { cachedFile, cacheNetwork, defaultCacheDir, isCached } from './network-cache.ts';
import { NETWORKS } from './networks.ts';
import { guardAgainstOrphanhood } from './orphan-guard.ts';
import { type ModelFacts, readModel } from './read-model.ts';

// A program of its own, because writing 300 MB and trying a stranger's network are nothing for the main process.
//   workshop write [cache folder]   our networks, as far as they are missing; one line of JSON for each
//   workshop examine <file>         reads it, runs it once, and prints what it is: one line of JSON

export type Written = { readonly id: string; readonly file: string; readonly fresh: boolean };
export type Examined = Result<ModelFacts & { readonly sha256: string }>;

const [command, where] = process.argv.slice(2);
guardAgainstOrphanhood();
if (command === 'write') write(where ?? defaultCacheDir());
else if (command === 'examine' && where) await examine(where);
else throw new Error('usage: workshop write [cache folder] | examine <file>');

function write(cacheDir: string): void {
  for (const network of NETWORKS) {
    const fresh = !isCached(cacheDir, network);
    cacheNetwork(cacheDir, network);
    print({ id: network.id, file: cachedFile(cacheDir, network), fresh } satisfies Written);
  }
}

async function examine(file: string): Promise<void> {
  const bytes = readFileSync(file);
  const facts = readModel(bytes);
  const answer = facts.ok ? await tried(bytes, facts.value) : facts;
  print(answer satisfies Examined);
}

/** That it reads well does not say that it runs; an endless one is ended by whoever waits for this process. */
async function tried(bytes: Uint8Array, facts: ModelFacts): Promise<Examined> {
  try {
    const { openSession } = await import('./session.ts');
    const { classes } = await openSession(bytes, 1);
    if (classes !== facts.classes)
      return { ok: false, error: `the model says it has ${facts.classes} classes, and answers with ${classes}` };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 200) : String(error);
    return { ok: false, error: `ONNX Runtime cannot run this model: ${why}` };
  }
  return { ok: true, value: { ...facts, sha256: createHash('sha256').update(bytes).digest('hex') } };
}

function print(value: unknown): void {
  console.log(JSON.stringify(value));
}
