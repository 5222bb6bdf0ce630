import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { FORMATS, type Format } from './artefact.ts';
import { guardAgainstOrphanhood } from './computing/orphan-guard.ts';
import { examine } from './examine.ts';
import { cachedFile, cacheNetwork, defaultCacheDir, isCached } from './onnx/network-cache.ts';
import { FIRST_KIND, type FileKind, filesOf, kindOf, NETWORKS } from './onnx/networks.ts';

// A program of its own, because writing 300 MB and trying a stranger's network are nothing for the main process.
//   workshop write [cache folder] [kind …]    our networks in these kinds (onnx-fp32), as far as they are missing; one line of JSON each
//   workshop examine <file> <format>          reads it, runs it once, and prints what it is: one line of JSON
//   workshop examine -                        the same for each line of JSON {"file", "format"} that comes in, until one brings it down

export type Written = { readonly id: string; readonly kind: FileKind; readonly file: string; readonly fresh: boolean };

const [command, where, ...more] = process.argv.slice(2);
guardAgainstOrphanhood();
if (command === 'write') write(where || defaultCacheDir(), more.length > 0 ? (more as FileKind[]) : [FIRST_KIND]);
else if (command === 'examine' && where === '-') await examineEach();
else if (command === 'examine' && where) await examineOne(where, more[0] ?? 'onnx');
else throw new Error('usage: workshop write [cache folder] [kind …] | examine <file> <format> | examine -');

function write(cacheDir: string, kinds: readonly FileKind[]): void {
  for (const kind of kinds)
    for (const network of NETWORKS) {
      const file = filesOf(network).find((each) => kindOf(each) === kind);
      if (!file) throw new Error(`our networks are not written as "${kind}"`);
      const fresh = !isCached(cacheDir, network, file);
      cacheNetwork(cacheDir, network, file);
      print({ id: network.id, kind, file: cachedFile(cacheDir, network, file), fresh } satisfies Written);
    }
}

async function examineOne(file: string, format: string): Promise<void> {
  if (!isFormat(format)) throw new Error(`there is no format "${format}"; there are ${FORMATS.join(', ')}`);
  print(await examine(readFileSync(file), format));
}

async function examineEach(): Promise<void> {
  for await (const line of createInterface(process.stdin)) {
    const { file, format } = JSON.parse(line) as { file: string; format: string };
    await examineOne(file, format);
  }
}

function isFormat(name: string): name is Format {
  return (FORMATS as readonly string[]).includes(name);
}

function print(value: unknown): void {
  console.log(JSON.stringify(value));
}
