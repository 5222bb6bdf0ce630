import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { UserAdded } from '../../server/panel/wire.ts';
import { type Person, personAt, root } from '../../server/test/product.ts';

/** What one socket heard since it was asked last. */
export interface Heard {
  readonly states: readonly { readonly seq: number; readonly madeMs: number; readonly cameMs: number }[];
  readonly rows: number;
  readonly events: number;
  readonly gaps: number;
}
export interface Clients {
  report(): Promise<readonly Heard[]>;
  /** They read nothing more, and say nothing of it. */
  freeze(): void;
  close(): void;
}

const EACH = 32; // live connections that one person may have
const PASSWORD = 'a password of a bench';

/** Sessions of so many people as so many sockets need. */
export async function crowdOf(owner: Person, url: string, sockets: number): Promise<string[]> {
  const cookies: string[] = [];
  for (let n = 0; n * EACH < sockets; n++) {
    await owner.post<UserAdded>('/users', { name: `viewer ${n}`, role: 'viewer', password: PASSWORD });
    const person = personAt(url);
    await person.post('/login', { name: `viewer ${n}`, password: PASSWORD });
    cookies.push(person.cookie());
  }
  return cookies;
}

/** In a process of their own, which gives way to the board's: they stand for other people's computers. */
export async function openClients(url: string, cookies: readonly string[], count: number): Promise<Clients> {
  const child = spawn('nice', ['-n', '10', process.execPath, join(root, 'dist/load-clients.js')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    cwd: root,
  });
  const next = () => new Promise<unknown>((resolve) => child.once('message', resolve));
  child.send({ url, cookies, count });
  await next();
  return {
    async report() {
      child.send({ report: true });
      return (await next()) as readonly Heard[];
    },
    freeze: () => void child.kill('SIGSTOP'),
    close: () => void child.kill('SIGKILL'),
  };
}
