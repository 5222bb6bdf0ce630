import fc from 'fast-check';

// What strangers send: a valid request of which one thing is wrong, or something that was never a request.

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Bytes under a content type; null: none is named. */
export interface Body {
  readonly type: string | null;
  readonly bytes: Buffer;
}

const nested = (depth: number): Json => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
const withProto: Json = JSON.parse('{"__proto__":{"role":"admin"},"constructor":{"prototype":{"role":"admin"}}}');

const KNOWN: readonly Json[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, -1e308, 2 ** 53, 1e12, 5e-324],
  ...[
    '',
    ' ',
    'NaN',
    'Infinity',
    '-1',
    '1e999',
    '\0',
    '\ud800',
    '\u202e',
    '💥',
    '__proto__',
    'constructor',
    'toString',
  ],
  ...[
    '../../../../etc/passwd',
    '%00',
    "'; DROP TABLE run; --",
    '$(touch X)',
    '=cmd()',
    'a\r\nb: c',
    'x'.repeat(70_000),
  ],
  ...[[], {}, [[]], [null], nested(500), withProto],
  Array.from({ length: 6000 }, (_, i) => i),
];

/** A value of the wrong type, size or shape, wherever one is expected. */
export const hostileValue: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...KNOWN) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json> },
  { weight: 1, arbitrary: fc.double() as fc.Arbitrary<Json> },
);

/** A short text for an address, a query or a name. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...KNOWN.filter((each): each is string => typeof each === 'string' && each.length < 1000)),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('0', '-0', '00001', '999999999999', '9999999999999', '1e3', '0x10', ' 1', '1,2,', 'x'.repeat(3000)),
);

type Change = 'replaced' | 'removed' | 'added' | 'wrapped' | 'repeated';

/** The value with one place of it changed. */
export function mutated(valid: Json): fc.Arbitrary<Json> {
  const places = placesOf(valid);
  return fc
    .record({
      place: fc.constantFrom(...places),
      change: fc.constantFrom<Change>('replaced', 'replaced', 'replaced', 'removed', 'added', 'wrapped', 'repeated'),
      value: hostileValue,
    })
    .map(({ place, change, value }) => changed(valid, place, change, value));
}

type Place = readonly (string | number)[];

function placesOf(value: Json, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [at, ...entries.flatMap(([key, each]) => placesOf(each, [...at, key]))];
}

function changed(whole: Json, [key, ...rest]: Place, change: Change, value: Json): Json {
  if (key === undefined) return atTheTop(whole, change, value);
  const copy = structuredClone(whole) as Record<string | number, Json>;
  if (rest.length === 0 && change === 'removed') {
    if (Array.isArray(copy)) return copy.filter((_, i) => i !== key);
    delete copy[key];
    return copy as Json;
  }
  copy[key] = changed(copy[key] ?? null, rest, change, value);
  return copy as Json;
}

function atTheTop(whole: Json, change: Change, value: Json): Json {
  if (change === 'wrapped') return [whole];
  if (change === 'repeated') return Array.from({ length: 40 }, () => whole);
  if (change !== 'added') return value;
  if (Array.isArray(whole)) return [...whole, value];
  return typeof whole === 'object' && whole !== null ? { ...whole, unexpected: value } : value;
}

/** What was never JSON, is too deep, too long, or says a key twice. */
const brokenText = (text: string): fc.Arbitrary<Buffer> =>
  fc.oneof(
    fc.nat(text.length).map((end) => Buffer.from(text.slice(0, end))),
    fc
      .constantFrom('NaN', '1e999', '{"a":1e999}', `[${'9'.repeat(400)}]`, 'undefined', "{'a':1}", '{}{}', '//')
      .map((t) => Buffer.from(t)),
    fc.constantFrom('', ' ', '\ufeff', '\0').map((before) => Buffer.from(`${before}${text}${before}`)),
    fc.constantFrom(5000, 200_000).map((depth) => Buffer.from('['.repeat(depth) + ']'.repeat(depth))),
    fc.constant(Buffer.from(text.replace('{', '{"__proto__":{"role":"admin"},'))),
    hostileValue.map((value) =>
      Buffer.from(text.replace(/\{("[^"]+"):/, (all, key) => `${all}${JSON.stringify(value)},${key}:`)),
    ),
    fc.constant(Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0xc0, 0x80])])),
    fc.constant(Buffer.from(`\ufeff${text}`, 'utf16le')),
    fc.constant(Buffer.alloc(1_100_000, 0x20)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );

const wrongType = fc.constantFrom(
  null,
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  'application/json, text/html',
  'APPLICATION/JSON;charset=utf-16',
  'application/octet-stream',
  '',
);

/** A JSON body that is nearly what the door takes. */
export function hostileJson(valid: Json): fc.Arbitrary<Body> {
  const text = JSON.stringify(valid);
  const json = (bytes: Buffer): Body => ({ type: 'application/json', bytes });
  return fc.oneof(
    { weight: 6, arbitrary: mutated(valid).map((value) => json(Buffer.from(JSON.stringify(value)))) },
    { weight: 3, arbitrary: brokenText(text).map(json) },
    { weight: 1, arbitrary: wrongType.map((type) => ({ type, bytes: Buffer.from(text) })) },
  );
}

/** A file that is nearly one of those that the door takes. */
export function hostileFile(valid: Uint8Array): fc.Arbitrary<Body> {
  const whole = Buffer.from(valid);
  const file = (bytes: Buffer): Body => ({ type: 'application/octet-stream', bytes });
  return fc.oneof(
    { weight: 2, arbitrary: fc.nat(whole.length).map((end) => file(whole.subarray(0, end))) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.nat(Math.max(0, whole.length - 1)), fc.uint8Array({ minLength: 1, maxLength: 16 }))
        .map(([at, bytes]) => file(overwritten(whole, at, bytes))),
    },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => file(Buffer.from(bytes))) },
    { weight: 1, arbitrary: wrongType.map((type) => ({ type, bytes: whole })) },
  );
}

function overwritten(whole: Buffer, at: number, bytes: Uint8Array): Buffer {
  const copy = Buffer.from(whole);
  copy.set(bytes.subarray(0, Math.max(0, copy.length - at)), at);
  return copy;
}
