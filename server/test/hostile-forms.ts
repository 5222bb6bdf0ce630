import { statusOfRaw } from './raw-http.ts';

// Hosts that are not the board's, and origins that are not the host's: what a rebound name or a page of another site would send.

export interface HostileForm {
  readonly name: string;
  /** Header lines, as they are sent. */
  readonly lines: readonly string[];
}

export function hostileForms(port: number): HostileForm[] {
  const own = `127.0.0.1:${port}`;
  const hosts = [
    ...['evil.example', `evil.example:${port}`, `127.0.0.1.evil.example:${port}`, `localhost.evil.example:${port}`],
    ...[`evil-localhost:${port}`, `localhost.:${port}`, `127.0.0.1.:${port}`, '.', ''],
    ...[`2130706433:${port}`, `0x7f.0.0.1:${port}`, `0177.0.0.1:${port}`, `127.1:${port}`, `0.0.0.0:${port}`],
    ...[`[::ffff:127.0.0.1]:${port}`, `[::]:${port}`, `[::1%25lo]:${port}`, `::1:${port}`],
    ...[`${own}@evil.example`, `evil.example@${own}`, `evil.example#${own}`, `evil.example/${own}`],
    ...[`${own},evil.example`, `${own} evil.example`, `evil.example\t${own}`, `http://${own}`, `${own}\\evil.example`],
    ...[`${own}:1`, `127.0.0.1:${port}x`, `127.0.0.1:-${port}`, `127.0.0.1:123456`, `locaIhost:${port}`],
    ...[`127.0.0.1%00.evil.example:${port}`, `\xecocalhost:${port}`, `%6cocalhost:${port}`, `*`],
  ];
  const origins = [
    ...['http://evil.example', `http://evil.example:${port}`, 'https://evil.example', 'null', ''],
    ...[
      `http://${own}.evil.example`,
      `http://127.0.0.1.evil.example:${port}`,
      'http://127.0.0.1',
      `http://127.0.0.1:1`,
    ],
    ...[`http://localhost:${port}`, `http://[::1]:${port}`, `http://127.1:${port}`, `http://2130706433:${port}`],
    ...[`http://evil@${own}`, `http://${own}@evil.example`, `http://${own}/`, `http://${own}/page`, `http://${own}?x`],
    ...[`http://${own}#x`, `HTTP://${own}`, `//${own}`, own, `ws://${own}`, `ftp://${own}`, `file://${own}`, 'file://'],
    ...[`http://${own} http://evil.example`, `http://${own}, http://evil.example`, `http:${own}`, `http:\\\\${own}`],
    ...[`blob:http://${own}`, 'data:text/html,x', 'about:blank', 'chrome-extension://abcdef', `javascript://${own}`],
    ...[`http://${own}\thttp://evil.example`, `http://\xe1\xb8\xbdocalhost:${port}`, `http://127.0.0.1%3a${port}`],
  ];
  return [
    ...hosts.map((host) => ({ name: `host ${host}`, lines: [`Host: ${host}`] })),
    ...['evil.example', `evil.example:${port}`].map((host) => ({
      name: `host and origin ${host}`,
      lines: [`Host: ${host}`, `Origin: http://${host}`],
    })),
    ...origins.map((origin) => ({ name: `origin ${origin}`, lines: [`Host: ${own}`, `Origin: ${origin}`] })),
    { name: 'no host', lines: [] },
    { name: 'two hosts, ours first', lines: [`Host: ${own}`, 'Host: evil.example'] },
    { name: 'two hosts, ours last', lines: ['Host: evil.example', `Host: ${own}`] },
    {
      name: 'two origins, ours first',
      lines: [`Host: ${own}`, `Origin: http://${own}`, 'Origin: http://evil.example'],
    },
    { name: 'two origins, ours last', lines: [`Host: ${own}`, 'Origin: http://evil.example', `Origin: http://${own}`] },
    { name: 'ours as forwarded', lines: ['Host: evil.example', `X-Forwarded-Host: ${own}`, `Forwarded: host=${own}`] },
  ];
}

const WEBSOCKET = [
  ...['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];
/** What is asked for with each form: data, a page, a change, and the live socket by both its transports. */
export const HOSTILE_WAYS = {
  data: { target: 'GET /api/v1/me', more: [] },
  page: { target: 'GET /', more: [] },
  change: {
    target: 'PUT /api/v1/access',
    more: ['Content-Type: application/json', 'Content-Length: 22'],
    body: '{"openWatching":false}',
  },
  polling: { target: 'GET /socket.io/?EIO=4&transport=polling', more: [] },
  websocket: { target: 'GET /socket.io/?EIO=4&transport=websocket', more: WEBSOCKET },
} as const satisfies Record<string, { target: string; more: readonly string[]; body?: string }>;
export type HostileWay = keyof typeof HOSTILE_WAYS;

/** The status that the form gets with an admin's good cookie; 0: a closed connection. */
export function statusOfForm(port: number, form: HostileForm, way: HostileWay, cookie: string): Promise<number> {
  const { target, more, body = '' } = { body: '', ...HOSTILE_WAYS[way] };
  const lines = [`${target} HTTP/1.1`, ...form.lines, `Cookie: ${cookie}`, ...more];
  return statusOfRaw(port, `${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** Refused: by the guard, by the parser, or without a word. */
export const isRefused = (status: number): boolean => status === 0 || [400, 403, 421].includes(status);
