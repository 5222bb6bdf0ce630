import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Out } from '../computing/foreign.ts';
import { type Compiled, type Core, check, type Model, type OpenvinoLibrary } from './openvino.ts';

/** The first byte of every ONNX file: its version of the format, which writers put first. */
const ONNX = 0x08;

/** What compile_tool made for the stick is taken as it is; an ONNX file is compiled here, which takes its time. */
export async function compiledFor(
  library: OpenvinoLibrary,
  core: Core,
  device: string,
  bytes: Uint8Array,
): Promise<Compiled> {
  const compiled: Out<Compiled> = [null];
  if (bytes[0] !== ONNX) {
    check('ov_core_import_model', library.import(core, bytes, bytes.length, device, compiled));
    return compiled[0]!; // it went well
  }
  const model = await read(library, core, bytes);
  try {
    check('ov_core_compile_model', library.compile(core, model, device, 0, compiled));
    return compiled[0]!; // it went well
  } finally {
    library.modelFree(model);
  }
}

/** The library reads paths only: it is given a file in a folder where there is nothing else to be named. */
async function read(library: OpenvinoLibrary, core: Core, bytes: Uint8Array): Promise<Model> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-ncs2-'));
  try {
    const file = join(folder, 'model.onnx');
    await writeFile(file, bytes, { mode: 0o600 });
    const model: Out<Model> = [null];
    check('ov_core_read_model', library.readModel(core, file, null, model));
    return model[0]!; // it went well
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
