import type { Server } from 'node:http';
import type { Config } from '../config.ts';
import type { Page } from './static.ts';

/** In development the pages come from Next itself, with hot reload, behind the same guard. */
export async function createDevPage(config: Config, httpServer: Server): Promise<Page> {
  const { default: next } = await import('next');
  const app = next({ dev: true, dir: config.root, hostname: config.host, port: config.port, httpServer });
  await app.prepare();
  const handle = app.getRequestHandler();
  return (req, res) => void handle(req, res);
}
