import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { topFive } from '../server/hardware/computing/top-five.ts';
import { cachedFile, cacheNetwork, defaultCacheDir } from '../server/hardware/onnx/network-cache.ts';
import { filesOf, NETWORKS } from '../server/hardware/onnx/networks.ts';
import { tflitePlaces } from '../server/hardware/tflite/places.ts';
import { temporaryFolder } from '../server/test/product.ts';

// node --import tsx scripts/armnn-under-qemu.ts [pictures]
// Arm Compute Library itself (Debian's arm64 Arm NN, backend CpuAcc) on an emulated Cortex-A72, through our bridge and driver, beside
// TensorFlow Lite on this machine: the same network, the same pictures, logits. Prints JSON. Emulation says nothing of speed. Needs
// qemu-user-static, g++-aarch64-linux-gnu, the arm64 bundle (for its Node.js and koffi), and Debian's mirror.

const PACKAGES = [
  ...['libarmnn22', 'libarmnntfliteparser22', 'libarmnn-cpuacc-backend22', 'libarmnnaclcommon22', 'libarm-compute20'],
  ...['libflatbuffers2', 'libarmnn-dev', 'libarmnntfliteparser-dev'],
];
const here = fileURLToPath(new URL('..', import.meta.url));
const pictures = process.argv[2] ?? '2';
const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')) as { version: string };
const bundle = `switchyard-${version}-linux-arm64`;
const archive = join(here, 'bundles', `${bundle}.tar.gz`);
if (!existsSync(archive)) throw new Error('there is no arm64 bundle yet: npm run bundle -- arm64');
const folder = temporaryFolder();
const at = (...path: string[]) => join(folder.path, ...path);
const quiet = { stdio: ['ignore' as const, 'inherit' as const, 'inherit' as const] };

try {
  execFileSync(join(here, 'scripts/bundle/arm64-libraries.sh'), [at('arm64'), ...PACKAGES], quiet);
  execFileSync('tar', ['-xzf', archive, '-C', folder.path]);
  const libraries = at('arm64/usr/lib/aarch64-linux-gnu');
  const bridge = at('libswitchyard-armnn.so');
  execFileSync(
    'aarch64-linux-gnu-g++',
    [
      ...['-std=c++14', '-O2', '-fPIC', '-shared', '-fvisibility=hidden', '-isystem', at('arm64/usr/include')],
      ...[join(here, 'server/hardware/armnn/bridge/bridge.cc'), '-o', bridge, `-L${libraries}`],
      ...[`-Wl,-rpath-link,${libraries}`, '-larmnnTfLiteParser', '-larmnn', '-ldl'],
    ],
    quiet,
  );
  const program = at(bundle, 'dist/armnn-under-qemu.mjs'); // beside the bundle's koffi
  await build({
    ...{ entryPoints: [join(here, 'scripts/armnn-under-qemu-program.ts')], outfile: program, bundle: true },
    ...{ platform: 'node', format: 'esm', target: 'node20.19', packages: 'external', logLevel: 'warning' },
  });
  const found: Record<string, unknown> = {};
  for (const network of NETWORKS) {
    const file = filesOf(network).find(({ format, precision }) => format === 'tflite' && precision === 'fp32');
    if (!file) continue;
    cacheNetwork(defaultCacheDir(), network, file);
    found[network.id] = compared(program, bridge, cachedFile(defaultCacheDir(), network, file), libraries);
  }
  console.log(JSON.stringify({ emulated: 'qemu-aarch64 -cpu cortex-a72', pictures: Number(pictures), found }, null, 2));
} finally {
  folder.remove();
}

interface Said {
  readonly name: string;
  readonly placement: string | null;
  readonly logits: number[][];
}

function compared(program: string, bridge: string, model: string, libraries: string) {
  const path = `LD_LIBRARY_PATH=${libraries}`;
  const qemu = ['-L', at('arm64'), '-cpu', 'cortex-a72', '-E', path, at(bundle, 'node/bin/node'), program];
  const said = (file: string, ...args: string[]): Said =>
    JSON.parse(execFileSync(file, [...args, model, pictures], { encoding: 'utf8', maxBuffer: 2 ** 26 }).trim());
  const arm = said('qemu-aarch64-static', ...qemu, 'armnn', bridge);
  const [tflite = ''] = tflitePlaces(null);
  const lite = said(
    process.execPath,
    '--import',
    'tsx',
    join(here, 'scripts/armnn-under-qemu-program.ts'),
    'tflite',
    tflite,
  );
  const best = (logits: readonly number[] = []) => topFive(Float32Array.from(logits)).map(({ index }) => index);
  const pairs = arm.logits.map((logits, p) => ({ ours: logits, theirs: lite.logits[p] ?? [] }));
  return {
    ...{ armnn: arm.name, placement: arm.placement, beside: lite.name },
    sameTopFive: pairs.filter(({ ours, theirs }) => `${best(ours)}` === `${best(theirs)}`).length,
    maxAbsDifference: Math.max(
      ...pairs.flatMap(({ ours, theirs }) => ours.map((x, c) => Math.abs(x - (theirs[c] ?? 0)))),
    ),
    logitSpan: Math.max(...pairs.map(({ theirs }) => Math.max(...theirs) - Math.min(...theirs))),
  };
}
