import { arch, availableParallelism, cpus, freemem, hostname, loadavg, release, totalmem, uptime } from 'node:os';
import type { Site } from './site.ts';
import { storageView } from './storage.ts';

/**
 * What somebody who is asked for help needs to know. No password, token, session, cookie or address of a person is in it, and
 * nothing that was written about a run: only what the machine and the product are.
 */
export async function diagnosticsOf(site: Site) {
  const { config, conductor, fleet, history, models, pictures, traces } = site;
  const migrations = await history.db.$queryRawUnsafe<{ migration_name: string }[]>(
    'SELECT migration_name FROM _prisma_migrations ORDER BY migration_name',
  );
  return {
    madeAt: new Date().toISOString(),
    product: { version: config.version, mode: config.mode, insecure: config.insecure, port: config.port },
    machine: {
      ...{ host: hostname(), arch: arch(), kernel: release(), platform: process.platform, node: process.version },
      ...{ cpu: cpus()[0]?.model ?? null, cores: availableParallelism(), uptimeS: Math.round(uptime()) },
      ...{ memoryBytes: totalmem(), freeMemoryBytes: freemem(), load: loadavg() },
    },
    process: { uptimeS: Math.round(process.uptime()), memory: process.memoryUsage() },
    storage: await storageView(history),
    migrations: migrations.map((each) => each.migration_name),
    unready: site.unready(),
    sockets: site.live().clients,
    boards: fleet.boards().map(({ id, name, custom, units }) => ({
      ...{ id, name, custom },
      units: units.map(({ id, driver, source, precision, modelSlots, options }) => ({
        ...{ id, driver, source, precision, modelSlots, options, live: conductor.unit(id) },
      })),
    })),
    models: models.list().map(({ id, parameters, trained, builtIn, ready }) => ({
      ...{ id, parameters, trained, builtIn, ready },
    })),
    pictures: pictures.list().length,
    traces: traces.list().length,
    metrics: site.metrics(),
  };
}
