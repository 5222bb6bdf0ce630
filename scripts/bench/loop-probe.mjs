// Loaded into the server before anything else (NODE_OPTIONS=--import): what only the inside can tell, asked for by a signal.
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const file = process.env.SWITCHYARD_PROBE_FILE;
if (isMainThread && file && process.argv[1]?.endsWith('server.js')) {
  const resolution = 5;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  process.on('SIGUSR2', () => {
    const ms = (share) => Math.max(0, delay.percentile(share) / 1e6 - resolution);
    const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
    const said = { p50: ms(50), p99: ms(99), most: delay.max / 1e6 - resolution };
    writeFileSync(
      file,
      JSON.stringify({ loopMs: said, listeners, resources: process.getActiveResourcesInfo().length }),
    );
    delay.reset();
  });
}
