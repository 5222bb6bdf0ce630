// What is built from server/ and scripts/. Each is one file: a child process of a unit starts with what it needs and nothing else.

/** Output name → entry. */
const PROGRAMS = {
  server: 'server/index.ts',
  engine: 'server/application/engine-thread.ts',
  rehearsal: 'server/application/rehearsal-thread.ts',
  estimate: 'server/application/estimate-thread.ts',
  'unit-simulated': 'server/hardware/simulated/child.ts',
  'unit-onnx': 'server/hardware/onnx/child.ts',
  'unit-tflite': 'server/hardware/tflite/child.ts',
  'unit-ncs2': 'server/hardware/ncs2/child.ts',
  'unit-edgetpu': 'server/hardware/edgetpu/child.ts',
  'unit-rknn': 'server/hardware/rknn/child.ts',
  'probe-library': 'server/hardware/doctor/probe-program.ts',
  'unit-armnn': 'server/hardware/armnn/child.ts',
  workshop: 'server/hardware/workshop.ts',
  switchyard: 'scripts/switchyard.ts',
  bench: 'scripts/bench-command.ts',
  'reset-owner': 'scripts/reset-owner-command.ts',
  backup: 'scripts/backup-command.ts',
  restore: 'scripts/restore-command.ts',
  database: 'server/history/backup/thread.ts',
  'bare-loop': 'scripts/bench/bare-loop-program.ts',
  'socket-clients': 'scripts/bench/socket-clients-program.ts',
  'load-clients': 'scripts/bench/load-clients-program.ts',
};

/** For esbuild's `build` and `context`. */
export const buildOptions = (root) => ({
  absWorkingDir: root,
  entryPoints: PROGRAMS,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});
