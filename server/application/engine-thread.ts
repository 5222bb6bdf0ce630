import { parentPort } from 'node:worker_threads';
import { type EngineCommand, type EngineEvent, PULSE } from './messages.ts';
import { createWorks } from './works.ts';

// The engine's thread: no page, query or slow browser can delay a dispatch. It hears commands and says events; everything
// it does is in works.ts.

const port = parentPort;
if (!port) throw new Error('engine-thread is a worker thread and was started as a program');

const say = (event: EngineEvent) => port.postMessage(event, event.type === 'run:rows' ? [event.data.buffer] : []);
const works = createWorks(say);

port.on('message', (command: EngineCommand | typeof PULSE) => {
  if (command === PULSE) return port.postMessage(PULSE);
  if (command.type !== 'close') return works.command(command);
  works.close();
  port.close();
});
