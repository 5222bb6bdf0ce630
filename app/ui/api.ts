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

/** Ends the session, here in any case, and shows the door. */
export const signOut = (): Promise<void> => leave(() => api.post('/logout', {}).catch(() => {})); // the board may be gone; the door is shown all the same

/** Ends every session of this person, and shows the door. A refusal leaves things as they were. */
export const signOutEverywhere = (): Promise<void> => leave(() => api.delete('/sessions'));

/** The socket is cut before the answer comes: what it then asks in vain must not lead to another door than this one. */
async function leave(end: () => Promise<unknown>): Promise<void> {
  leftAtMs = Number.POSITIVE_INFINITY;
  try {
    await end();
  } catch (error) {
    leftAtMs = Number.NEGATIVE_INFINITY;
    throw error;
  }
  leftAtMs = performance.now();
  location.assign('/login');
}

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
  throw refuse(response.status, (await response.json().catch(() => null)) as ApiError | null);
}

/** What a board that says no said; where it is a matter of who is there, the door is shown. `status` 0: it said nothing. */
export function refuse(status: number, said: ApiError | null): Refused {
  const code = status === 0 ? 'unreachable' : 'unexpected';
  const refused = new Refused(status, said?.code ?? code, said?.error ?? '', said?.fields);
  showTheDoor(refused);
  return refused;
}

/** A page asks several things at once, and all are refused: the first shows the door, the others would only start its page anew. */
const LEAVING_MS = 5000;
let leftAtMs = Number.NEGATIVE_INFINITY;

/** Nobody is signed in, or nobody owns the board yet: there is one page for each. */
function showTheDoor({ status, code }: Refused): void {
  const here = location.pathname + location.search;
  const atTheDoor = location.pathname === '/login' || location.pathname === '/welcome';
  if (atTheDoor || performance.now() - leftAtMs < LEAVING_MS) return;
  if (code === 'setup_required' || status === 401) leftAtMs = performance.now();
  if (code === 'setup_required') location.replace('/welcome');
  else if (status === 401) location.replace(`/login?next=${encodeURIComponent(here)}`);
}
