import type { IncomingMessage } from 'node:http';
import { hostname, networkInterfaces } from 'node:os';
import { type Config, isLoopback } from '../config.ts';
import type { Site } from './site.ts';
import type { Found } from './wire.ts';

/** What whoever is about to claim the board may see of it: what is plugged in, not what anybody has done. */
export function found(site: Pick<Site, 'config' | 'fleet' | 'conductor' | 'models'>, req: IncomingMessage): Found {
  const { config, fleet, conductor, models } = site;
  return {
    host: hostname(),
    addresses: addressesOf(config, req),
    boards: fleet.boards().map(({ id, name, custom, units }) => ({
      ...{ id, name, custom, simulated: units.every((unit) => unit.source === 'simulated') },
      units: units.map((unit) => {
        const { status, reason } = conductor.unit(unit.id);
        return { id: unit.id, name: unit.name, status, reason };
      }),
    })),
    models: models.list().map(({ id, name, ready }) => ({ id, name, ready })),
    measured: conductor.profiles().some(({ unit }) => fleet.unit(unit)?.source === 'hardware'),
  };
}

/** At which other machines can open the panel: by the board's name, and by its addresses. */
export function addressesOf({ host, secure }: Pick<Config, 'host' | 'secure'>, req: IncomingMessage): string[] {
  if (isLoopback(host)) return [];
  const port = portOf(req, secure ? 443 : 80);
  const own = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  return [`${hostname().replace(/\.local$/, '')}.local`, ...own].map(
    (name) => `${secure ? 'https' : 'http'}://${name.toLowerCase()}${port}`,
  );
}

const portOf = (req: IncomingMessage, usual: number): string => {
  const port = req.socket.localPort ?? usual;
  return port === usual ? '' : `:${port}`;
};
