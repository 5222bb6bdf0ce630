import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Out } from '../computing/foreign.ts';
import { type Compiled, type Core, check, type Model, type OpenvinoLibrary } from './openvino.ts';
import { readIr } from './read-ir.ts';

/** The first byte of every ONNX file: its version of the format, which writers put first. */
const ONNX = 0x08;

/** The first byte of a network as OpenVINO writes it: it begins with a tag. */
const TAG = 0x3c;

/** What compile_tool made for the stick is taken as it is; an ONNX file and OpenVINO's own are compiled here, which takes its time. */
export async function compiledFor(
  library: OpenvinoLibrary,
  core: Core,
  device: string,
  bytes: Uint8Array,
): Promise<Compiled> {
  const compiled: Out<Compiled> = [null];
  if (bytes[0] !== ONNX && bytes[0] !== TAG) {
    check('ov_core_import_model', library.import(core, bytes, bytes.length, device, compiled));
    return compiled[0]!; // it went well
  }
  const model = await read(library, core, bytes[0] === ONNX ? { 'model.onnx': bytes } : irFiles(bytes));
  try {
    check('ov_core_compile_model', library.compile(core, model, device, 0, compiled));
    return compiled[0]!; // it went well
  } finally {
    library.modelFree(model);
  }
}

function irFiles(bytes: Uint8Array): Record<string, Uint8Array> {
  const ir = readIr(bytes);
  if (!ir.ok) throw new Error(ir.error);
  return { 'model.xml': ir.value.network, 'model.bin': ir.value.weights };
}

/** The library reads paths only: it is given files in a folder where there is nothing else to be named. */
async function read(library: OpenvinoLibrary, core: Core, files: Record<string, Uint8Array>): Promise<Model> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-ncs2-'));
  try {
    const [network = '', weights = null] = Object.keys(files).map((name) => join(folder, name));
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes, { mode: 0o600 });
    const model: Out<Model> = [null];
    check('ov_core_read_model', library.readModel(core, network, weights, model));
    return model[0]!; // it went well
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
