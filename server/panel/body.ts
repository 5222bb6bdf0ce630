import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { badRequest, Refusal } from './refusal.ts';

const JSON_LIMIT = 1024 * 1024;

/** The body as JSON. Its type is asked for, because a form of another site cannot send that one. */
export async function readJson(req: IncomingMessage, limit = JSON_LIMIT): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(req.headers['content-type'] ?? ''))
    throw new Refusal(415, 'wrong_type', 'the body must be application/json');
  const bytes = await readBytes(req, limit);
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), refuseProto);
  } catch (error) {
    throw error instanceof Refusal ? error : badRequest('the body is not JSON');
  }
}

function refuseProto(key: string, value: unknown): unknown {
  if (key === '__proto__') throw badRequest('the body has a key that is not allowed');
  return value;
}

/** The body in memory; refused as soon as it proves longer than the limit. */
export async function readBytes(req: IncomingMessage, limit: number): Promise<Buffer> {
  checkLength(req, limit);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit) throw tooLong(limit);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The body in a file of its own, which `use` may read and which is gone afterwards, whatever happens. */
export async function withUpload<T>(
  req: IncomingMessage,
  folder: string,
  limit: number,
  use: (file: string) => Promise<T>,
): Promise<T> {
  checkBinary(req);
  checkLength(req, limit);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, randomUUID());
  try {
    await pipeline(req, capped(limit), createWriteStream(file, { mode: 0o600 }));
    return await use(file);
  } finally {
    await rm(file, { force: true });
  }
}

export const uploadsIn = (dataDir: string): string => join(dataDir, 'tmp');

/** What a killed server was in the middle of taking in is of no use to anybody. */
export const sweepUploads = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

export function checkBinary(req: IncomingMessage): void {
  if (!/^application\/octet-stream\s*(;|$)/i.test(req.headers['content-type'] ?? ''))
    throw new Refusal(415, 'wrong_type', 'the body must be application/octet-stream');
}

function capped(limit: number) {
  return async function* (parts: AsyncIterable<Buffer>) {
    let size = 0;
    for await (const part of parts) {
      size += part.length;
      if (size > limit) throw tooLong(limit);
      yield part;
    }
  };
}

function checkLength(req: IncomingMessage, limit: number): void {
  if (Number(req.headers['content-length'] ?? 0) > limit) throw tooLong(limit);
}

const tooLong = (limit: number): Refusal =>
  new Refusal(413, 'too_long', `the body may have ${limit.toLocaleString('en-GB')} bytes at most`);
