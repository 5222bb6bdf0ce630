// What tests of the units' libraries are compiled with and against, and what sets a clock for one process: without it they are skipped, and say so.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installPackages } from './debian.mjs';

/** Of Debian 11 and 12; Arm NN's number is part of its packages' names. */
const ARMNN = ['libarmnn-dev', 'libarmnntfliteparser-dev', 'libarmnn-cpuref-backend22'];

export async function findOrInstallPackages() {
  const runs = (program) => !spawnSync(program, ['--version'], { stdio: 'ignore' }).error;
  if (!runs('gcc') || !runs('g++')) await installPackages('gcc and g++', 'gcc', 'g++', 'libc6-dev');
  if (process.platform === 'linux' && !existsSync('/usr/include/armnn/ArmNN.hpp'))
    await installPackages('Arm NN', ...ARMNN);
  if (process.platform === 'linux' && spawnSync('sh', ['-c', 'ls /usr/lib/*/faketime/libfaketime.so.1']).status !== 0)
    await installPackages('libfaketime', 'libfaketime');
}
