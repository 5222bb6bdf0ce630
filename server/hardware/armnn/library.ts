import koffi from 'koffi';
import { type Foreign, openFirst } from '../computing/foreign.ts';

// The bridge's C interface (bridge/bridge.h), as it is.

type BridgePtr = { readonly bridge: never };

export interface TensorDescription {
  /** As TensorFlow Lite numbers them; 0: one that no unit reads. */
  readonly type: number;
  readonly rank: number;
  readonly sizes: readonly number[];
  readonly bytes: number;
  readonly scale: number;
  readonly zero: number;
}

export interface ArmnnLibrary {
  readonly path: string;
  readonly standIn: string | null;
  /** Of Arm NN: "22.0.0" is what Debian calls 20.08. */
  version(): string;
  open(backend: string, folder: string | null, threads: number): BridgePtr | null;
  trouble(bridge: BridgePtr | null): string;
  threads(): number;
  load(bridge: BridgePtr, bytes: Uint8Array, length: number): number;
  unload(bridge: BridgePtr, network: number): number;
  placement(bridge: BridgePtr, network: number): string;
  describe(bridge: BridgePtr, network: number, output: number, tensor: object): number;
  run(bridge: BridgePtr, network: number, given: Uint8Array, givenBytes: number, ...answer: Answer): number;
}
type Answer = [answer: Uint8Array, answerBytes: number, times: Float64Array];
export type Bridge = BridgePtr;

const ABI = 1;

let opened: ArmnnLibrary | null = null;

/** One per process. Throws a sentence with what the loader said of each file. */
export function openArmnn(files: readonly string[]): ArmnnLibrary {
  opened ??= openFirst('bridge to Arm NN ("npm run build:armnn" builds it)', files, bind);
  return opened;
}

function bind({ path, standIn, f }: Foreign): ArmnnLibrary {
  const abi = f('uint32_t bridge_abi(void)')() as number;
  if (abi !== ABI) throw new Error(`it was built for another version of this program (${abi}, not ${ABI})`);
  koffi.opaque('bridge');
  koffi.struct('bridge_tensor', {
    ...{ type: 'int32_t', rank: 'uint32_t', sizes: koffi.array('uint32_t', 4) },
    ...{ bytes: 'uint64_t', scale: 'float', zero: 'int32_t' },
  });
  return {
    ...{ path, standIn },
    version: f('const char *bridge_version(void)'),
    open: f('bridge *bridge_open(const char *backend, const char *folder, int32_t threads)'),
    trouble: f('const char *bridge_trouble(bridge *b)'),
    threads: f('int32_t bridge_threads(void)'),
    load: f('int32_t bridge_load(bridge *b, const void *bytes, uint64_t length)'),
    unload: f('int32_t bridge_unload(bridge *b, int32_t network)'),
    placement: f('const char *bridge_placement(bridge *b, int32_t network)'),
    describe: f('int32_t bridge_describe(bridge *b, int32_t network, int32_t output, _Out_ bridge_tensor *tensor)'),
    run: f(
      'int32_t bridge_run(bridge *b, int32_t network, const void *in, uint64_t inBytes, _Out_ void *out, uint64_t outBytes, _Out_ double *times)',
    ),
  };
}
