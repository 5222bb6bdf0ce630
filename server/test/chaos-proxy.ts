import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What befalls a connection. `crumbs`: its first bytes go one by one. `deaf`: from some moment on nothing comes, and nobody says so. */
export type Weather = 'fair' | 'slow' | 'crumbs';
export type Cut = 'reset' | 'end' | 'deaf';

export interface ChaosProxy {
  readonly port: number;
  /** Connections that came so far. */
  readonly connections: () => number;
  /** Of all that are open, every one that `chosen` says. */
  cut(how: Cut, chosen?: () => boolean): void;
  /** For those that come from now on. */
  setWeather(weather: () => Weather): void;
  close(): void;
}

const LATENCY_MS = 40;
const CRUMBS = 600;

/** A bad network in user space, between a client and a server of this machine. */
export async function openChaosProxy(target: number): Promise<ChaosProxy> {
  const open = new Set<{ readonly near: Socket; readonly far: Socket; deaf: boolean }>();
  let weather: () => Weather = () => 'fair';
  let connections = 0;
  const server = createServer((near) => {
    connections++;
    const pair = { near, far: connect(target, '127.0.0.1'), deaf: false };
    const kind = weather();
    open.add(pair);
    pass(near, pair.far, kind, () => pair.deaf);
    pass(pair.far, near, kind, () => pair.deaf);
    for (const side of [near, pair.far]) {
      side.setNoDelay(true);
      side.on('error', () => {});
      side.once('close', () => {
        open.delete(pair);
        near.destroy();
        pair.far.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    cut(how, chosen = () => true) {
      for (const pair of [...open].filter(chosen)) {
        if (how === 'deaf') pair.deaf = true;
        else if (how === 'end') pair.near.end();
        else for (const side of [pair.near, pair.far]) side.resetAndDestroy();
      }
    },
    setWeather(next) {
      weather = next;
    },
    close() {
      server.close();
      for (const { near, far } of open) for (const side of [near, far]) side.destroy();
    },
  };
}

/** Bytes keep their order whatever the weather. */
function pass(from: Socket, to: Socket, weather: Weather, deaf: () => boolean): void {
  let crumbs = weather === 'crumbs' ? CRUMBS : 0;
  let last: Promise<void> = Promise.resolve();
  const later = () => new Promise<void>((resolve) => setTimeout(resolve, Math.random() * LATENCY_MS));
  from.on('data', (bytes) => {
    last = last.then(async () => {
      if (weather === 'slow') await later();
      if (deaf() || to.destroyed) return;
      for (; crumbs > 0 && bytes.length > 0; crumbs--) {
        to.write(bytes.subarray(0, 1));
        bytes = bytes.subarray(1);
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (!to.destroyed && bytes.length > 0) to.write(bytes);
    });
  });
  from.once('end', () => void last.then(() => to.end()));
}
