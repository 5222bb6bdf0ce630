import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ToUnit } from '../hardware/channel.ts';
import type { StandIn } from './stand-in.ts';
import { unitProcess } from './unit-process.ts';

/** A unit whose library is a stand-in, as its tests talk to it. */
export interface StandInUnit {
  readonly open: ToUnit;
  /** A process of it; `faults` and `env` as stand-in.h has them. */
  begin(
    t: Parameters<typeof unitProcess>[0],
    faults?: string,
    more?: { readonly device?: string; readonly env?: Readonly<Record<string, string>>; readonly library?: string },
  ): ReturnType<typeof unitProcess>;
}

export const picture = fileURLToPath(new URL('../../public/samples/cat.png', import.meta.url));
export const run: ToUnit = { type: 'run', run: 1, seed: 1, noiseCv: 0, switchMs: 0, pictures: [picture] };
export const load = (ref: number, model: string): ToUnit => ({ type: 'load', ref, model });
export const infer = (ref: number, model: string): ToUnit => ({
  ...{ type: 'infer', atMs: 0, ref, model, input: 0, load: null },
});

export function standInUnit(
  program: string,
  library: StandIn,
  files: Readonly<Record<string, string | Uint8Array>>,
  latencyUs: string,
): StandInUnit {
  const dir = mkdtempSync(join(tmpdir(), `switchyard-${program}-`));
  process.on('exit', () => rmSync(dir, { recursive: true }));
  const models = Object.entries(files).map(([id, bytes]) => {
    writeFileSync(join(dir, id), bytes);
    return { id, file: join(dir, id) };
  });
  const told = { SWITCHYARD_STANDIN_LATENCY_US: latencyUs };
  return {
    open: { type: 'open', unit: 'board.unit', options: { threads: 1, cores: null }, table: null, models },
    begin: (t, faults = '', { device, env, library: other } = {}) =>
      unitProcess(
        t,
        program,
        { ...process.env, ...told, SWITCHYARD_STANDIN_FAULTS: faults, ...env },
        { library: other ?? library.path, device: device ?? null },
      ),
  };
}
