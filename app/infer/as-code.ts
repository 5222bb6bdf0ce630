import type { Where } from './where.ts';

/** The call that a page made, for a program to make. */
export interface Call {
  readonly origin: string;
  readonly name: string;
  readonly model: string;
  readonly where: Where;
  /** A file of the reader's, a picture that the board keeps, or none. */
  readonly picture: { readonly file: string } | { readonly sha256: string } | null;
}

/** For a shell: signs in for a token, then asks. */
export function asCurl(call: Call): string {
  const login = quoted(JSON.stringify({ name: call.name, password: 'YOUR PASSWORD', bearer: true }));
  const [query, body] = parts(call);
  const sent = body
    ? `-H 'content-type: application/json' -d ${quoted(JSON.stringify(body))}`
    : `-H 'content-type: application/octet-stream' --data-binary ${quoted(`@${fileOf(call)}`)}`;
  return [
    `TOKEN=$(curl -s ${quoted(`${call.origin}/api/v1/login`)} -H 'content-type: application/json' \\`,
    `  -d ${login} | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')`,
    `curl -s ${quoted(`${call.origin}/api/v1/infer${query}`)} -H "Authorization: Bearer $TOKEN" \\`,
    `  ${sent}`,
  ].join('\n');
}

/** For Python 3, with nothing but what comes with it. */
export function asPython(call: Call): string {
  const [query, body] = parts(call);
  const sent = body
    ? [`body, kind = json.dumps(${python(body)}).encode(), "application/json"`]
    : [`body, kind = open(${JSON.stringify(fileOf(call))}, "rb").read(), "application/octet-stream"`];
  return [
    'import json',
    'from urllib.request import Request, urlopen',
    '',
    `API = ${JSON.stringify(`${call.origin}/api/v1`)}`,
    '',
    'def post(path, body, kind, **headers):',
    '    request = Request(API + path, body, {"content-type": kind, **headers})',
    '    return json.load(urlopen(request))',
    '',
    `login = {"name": ${JSON.stringify(call.name)}, "password": "YOUR PASSWORD", "bearer": True}`,
    'token = post("/login", json.dumps(login).encode(), "application/json")["token"]',
    ...sent,
    `answer = post("/infer${query}", body, kind, Authorization="Bearer " + token)`,
    'print(answer["unit"], answer["latency"]["totalMs"], answer["top"])',
  ].join('\n');
}

/** What stands in the address and what in the body: a picture of the reader's is the body itself. */
function parts({ model, where, picture }: Call): [query: string, body: Readonly<Record<string, string>> | null] {
  const asked = { model, ...where };
  if (picture && 'file' in picture) return [`?${new URLSearchParams(asked)}`, null];
  return ['', { ...asked, ...(picture ? { picture: picture.sha256 } : {}) }];
}

const fileOf = ({ picture }: Call): string => (picture && 'file' in picture ? picture.file : '');

/** Texts only, and those are written alike. */
const python = (body: Readonly<Record<string, string>>): string => JSON.stringify(body);

/** A shell reads what stands between single quotes as it is. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
