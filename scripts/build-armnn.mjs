// Builds the bridge to Arm NN on the machine that will use it: dist/libswitchyard-armnn.so. Without a compiler or Arm NN's headers
// it says what is missing and ends well, so that a set-up may always call it.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const from = join(root, 'server/hardware/armnn/bridge/bridge.cc');
const to = join(root, 'dist/libswitchyard-armnn.so');
const HEADERS = ['/usr/include/armnn/ArmNN.hpp', '/usr/include/armnnTfLiteParser/ITfLiteParser.hpp'];
const FLAGS = ['-std=c++14', '-O2', '-fPIC', '-shared', '-fvisibility=hidden', '-Wall', '-Wextra'];
const LIBRARIES = ['-larmnnTfLiteParser', '-larmnn', '-ldl'];

const say = (sentence) => console.error(`build:armnn: ${sentence}`);
const missing = HEADERS.find((header) => !existsSync(header));
const compiler = process.env.CXX || 'g++';

if (spawnSync(compiler, ['--version']).status !== 0) say(`skipped: there is no C++ compiler "${compiler}"`);
else if (missing)
  say(`skipped: ${missing} is not there; on Debian: apt install libarmnn-dev libarmnntfliteparser-dev and a backend`);
else {
  mkdirSync(dirname(to), { recursive: true });
  execFileSync(compiler, [...FLAGS, from, '-o', to, ...LIBRARIES], { stdio: ['ignore', 'inherit', 'inherit'] });
  say(`built ${to}`);
}
