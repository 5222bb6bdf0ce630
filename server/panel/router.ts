import type { IncomingMessage } from 'node:http';
import { type Door, PERMISSIONS, type Permission } from './permissions.ts';
import { badRequest } from './refusal.ts';
import type { Visitor } from './visitor.ts';

export interface Visit {
  readonly req: IncomingMessage;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Address of whoever asks; forwarded headers are believed of trusted proxies only. */
  readonly ip: string;
  readonly visitor: Visitor | null;
}
/** What a route answers: JSON, or a stream of another type. */
export interface Answer {
  readonly status?: number;
  readonly json?: unknown;
  readonly type?: string;
  readonly body?: string | Uint8Array | AsyncIterable<string | Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
}
export type Route = (visit: Visit) => Promise<Answer> | Answer;
/** Method and path, as the table of permissions has them. */
export type Routes = Partial<Record<Exclude<Door, `socket ${string}`>, Route>>;

export interface Match {
  readonly permission: Permission;
  readonly route: Route;
  readonly params: Record<string, string>;
}
export interface Router {
  find(method: string, path: string): Match | null;
  /** Methods that the path knows. */
  methods(path: string): string[];
  readonly doors: readonly string[];
}

interface Entry {
  readonly method: string;
  readonly parts: readonly string[];
  readonly permission: Permission;
  readonly route: Route;
}

/** Throws when a route is not in the table of permissions: it must not come to life without a lock. */
export function createRouter(routes: Routes): Router {
  const entries = Object.entries(routes).map(([door, route]): Entry => {
    const permission = (PERMISSIONS as Record<string, Permission>)[door];
    if (!permission) throw new Error(`the route "${door}" is not in the table of permissions`);
    const [method = '', path = ''] = door.split(' ');
    return { method, parts: path.split('/'), permission, route };
  });
  return {
    find(method, path) {
      const parts = path.split('/');
      const entry = entries.find((each) => each.method === method && matches(each.parts, parts));
      return entry ? { ...entry, params: paramsOf(entry.parts, parts) } : null;
    },
    methods(path) {
      const parts = path.split('/');
      return entries.filter((entry) => matches(entry.parts, parts)).map((entry) => entry.method);
    },
    doors: Object.keys(routes),
  };
}

const matches = (pattern: readonly string[], parts: readonly string[]): boolean =>
  pattern.length === parts.length &&
  pattern.every((part, i) => (part.startsWith(':') ? parts[i] !== '' : part === parts[i]));

function paramsOf(pattern: readonly string[], parts: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  pattern.forEach((part, i) => {
    if (part.startsWith(':')) params[part.slice(1)] = decoded(parts[i] ?? '');
  });
  return params;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest('the address is not well formed');
  }
}
