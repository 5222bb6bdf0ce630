import type { ApiError } from '../../server/panel/wire.ts';

/** The board said no, or said nothing (status 0). `message` is a sentence for the person at the screen. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    sentence: string,
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(sentence);
  }
}

export const api = {
  get: <T>(path: string, signal?: AbortSignal) => ask<T>('GET', path, signal ? { signal } : {}),
  post: <T>(path: string, body: unknown, signal?: AbortSignal) => ask<T>('POST', path, json(body, signal)),
  put: <T>(path: string, body: unknown) => ask<T>('PUT', path, json(body)),
  delete: <T>(path: string) => ask<T>('DELETE', path, {}),
  upload: <T>(path: string, file: Blob) =>
    ask<T>('POST', path, { body: file, headers: { 'content-type': 'application/octet-stream' } }),
  async bytes(path: string, signal?: AbortSignal): Promise<Uint8Array> {
    const response = await reach('GET', path, signal ? { signal } : {});
    return new Uint8Array(await response.arrayBuffer());
  },
};

const json = (body: unknown, signal?: AbortSignal): RequestInit => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
  ...(signal ? { signal } : {}),
});

async function ask<T>(method: string, path: string, init: RequestInit): Promise<T> {
  const response = await reach(method, path, init);
  return (await response.json()) as T; // the other end is ours: wire.ts
}

async function reach(method: string, path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`/api/v1${path}`, { ...init, method }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Refused(0, 'unreachable', '');
  });
  if (response.ok) return response;
  const said = (await response.json().catch(() => null)) as ApiError | null;
  const refused = new Refused(response.status, said?.code ?? 'unexpected', said?.error ?? '', said?.fields);
  showTheDoor(refused);
  throw refused;
}

/** Nobody is signed in, or nobody owns the board yet: there is one page for each. */
function showTheDoor({ status, code }: Refused): void {
  const here = location.pathname + location.search;
  const atTheDoor = location.pathname === '/login' || location.pathname === '/welcome';
  if (atTheDoor) return;
  if (code === 'setup_required') location.replace('/welcome');
  else if (status === 401) location.replace(`/login?next=${encodeURIComponent(here)}`);
}
