import { join } from 'node:path';
import { createConductor } from './application/conductor.ts';
import { startEngine } from './application/engine.ts';
import { createFleet } from './application/fleet.ts';
import { openModelStore } from './application/model-store.ts';
import { openPictureStore } from './application/picture-store.ts';
import { openTraceStore } from './application/trace-store.ts';
import { readConfig } from './config.ts';
import { announce, unreadyUnits } from './console.ts';
import { bigCores } from './hardware/clusters.ts';
import { watchDevices } from './hardware/detect/watch-devices.ts';
import { watchMachine } from './hardware/health/watch.ts';
import { fileKindOf } from './hardware/machine-units.ts';
import { defaultCacheDir } from './hardware/onnx/network-cache.ts';
import { isBuilt } from './hardware/program.ts';
import { applyRestore } from './history/backup/apply.ts';
import { lockFolder } from './history/lock.ts';
import { openHistory } from './history/open.ts';
import { keepStocked, makeRoomToStart, openReserve } from './history/reserve.ts';
import { keepPrivate } from './history/sqlite.ts';
import { openPanel } from './panel/open.ts';
import { databaseIn } from './panel/reset-owner.ts';
import { policyNames } from './scheduling/policies/index.ts';
import { openService } from './service/service.ts';
import { onFailedStart, onSignals, say, sayAndEnd } from './shutdown.ts';

// config → history → engine thread → doors → listen

process.umask(0o077);
const started = onFailedStart();
const read = readConfig(process.env, process.argv.slice(2));
const config = read.ok ? read.value : sayAndEnd(read.error);
const reserve = openReserve(config.dataDir);
const gaveUp = (when: string) => say(`the disk is full ${when}: what was set aside for that is given up`);
if (await makeRoomToStart(reserve, config.dataDir)) gaveUp('at the start');
keepPrivate(databaseIn(config.dataDir));
const lock = lockFolder(config.dataDir);
const unlock = lock.ok ? lock.value : sayAndEnd(lock.error);
process.on('exit', unlock);

const migrations = join(config.root, 'prisma/migrations');
const restored = await applyRestore(config.dataDir, migrations);
if (restored) say(restored);
const history = await openHistory(databaseIn(config.dataDir), migrations, {
  makeRoom() {
    const gave = reserve.release();
    if (gave) gaveUp('now');
    return gave;
  },
});
const endReserve = keepStocked(reserve, say);
if (history.interrupted > 0)
  say(`${history.interrupted} runs were cut short by the last end of the server; what they had is kept`);
const models = openModelStore({
  cacheDir: defaultCacheDir(),
  dataDir: config.dataDir,
  kinds: config.units.map(fileKindOf),
});
const pictures = openPictureStore({ dataDir: config.dataDir, samplesDir: join(config.root, 'public/samples') });
const traces = openTraceStore(config.dataDir);
const devices = watchDevices({ root: config.machineRoot });
process.on('exit', devices.end);
const fleet = await createFleet(history.shelf, {
  models: () => models.list(),
  units: config.units,
  bigCores: bigCores(config.machineRoot),
  devices: () => devices.list().filter(({ kind }) => isBuilt(`unit-${kind.driver}`)),
});

const conductor = await createConductor({
  ledger: history.ledger,
  startEngine,
  stock: () => ({
    boards: fleet.boards(),
    models: models.list(),
    pictures: pictures.list(),
    traces: traces.list(),
    policies: policyNames(),
  }),
  profiles: await history.shelf.profiles(),
  measurements: await history.shelf.measurements(),
  version: config.version,
  room: history.room,
  say,
});
models.onChange(() => conductor.restock());
devices.onChange(() => conductor.restock());
const stopWatching = watchMachine(
  { root: config.machineRoot, devices: devices.list, warmthC: conductor.unitWarmth },
  (machine) => conductor.seeMachine(machine),
);

let ending: string | null = null;
const unready = () =>
  [ending, conductor.trouble(), history.record.trouble, ...unreadyUnits(conductor)].filter((why) => why !== null);
const panel = await openPanel({ config, history, conductor, fleet, models, pictures, traces, unready, say });

const service = openService({ env: process.env, pid: process.pid, say });
started();
onSignals(async () => {
  service.stopping();
  ending = 'the server is being stopped';
  stopWatching();
  endReserve();
  await panel.stopListening();
  await conductor.close();
  await panel.close();
  await history.close();
});
await announce(config, panel, conductor);
service.ready(`serving at ${panel.url}`, () => conductor.engineAnswers(5000));
