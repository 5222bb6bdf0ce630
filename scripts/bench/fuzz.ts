import type { Format } from '../../server/hardware/artefact.ts';
import { type Fuzzed, fuzz } from '../../server/test/fuzzing.ts';
import { claim, type Person, startProduct, temporaryFolder } from '../../server/test/product.ts';

const PER_FORMAT = 1000;
/** Of those that brought a process down, so many are sent to the server itself as well. */
const SENT = 20;

/**
 * A thousand damaged files of each format through the program that tries uploads; then those that brought it down, as uploads to a
 * running server, which has to refuse each in a sentence and to stay the process that it was.
 */
export async function benchFuzz(): Promise<unknown> {
  const folder = temporaryFolder();
  const worst: { format: Format; bytes: Uint8Array }[] = [];
  const formats = await fuzz(folder.path, PER_FORMAT, (format, bytes) => void worst.push({ format, bytes }));
  const server = await uploads(worst.slice(0, SENT));
  folder.remove();
  return { formats: counted(formats), server };
}

const counted = (formats: Record<Format, Fuzzed>) =>
  Object.fromEntries(
    Object.entries(formats).map(([format, { unreadable, ...counts }]) => [
      format,
      { ...counts, unreadable: unreadable.length },
    ]),
  );

async function uploads(files: readonly { readonly format: Format; readonly bytes: Uint8Array }[]) {
  const folder = temporaryFolder();
  const product = await startProduct(folder.path);
  let restarts = 0;
  product.child.once('exit', () => restarts++);
  const owner = await claim(product);
  const errors: string[] = [];
  for (const [n, file] of files.entries()) errors.push(await upload(product.ready.url, owner, `bad-${n}`, file));
  const alive = restarts === 0 && (await owner.ask('GET', '/models')).ok;
  const result = { uploads: files.length, errors: [...new Set(errors)], restarts, alive };
  await product.stop();
  folder.remove();
  return result;
}

async function upload(
  url: string,
  owner: Person,
  id: string,
  { format, bytes }: { format: Format; bytes: Uint8Array },
) {
  const response = await fetch(`${url}/api/v1/models?id=${id}&format=${format}`, {
    method: 'POST',
    body: new Blob([bytes as Uint8Array<ArrayBuffer>]),
    headers: { origin: new URL(url).origin, cookie: owner.cookie(), 'content-type': 'application/octet-stream' },
  });
  const { error = 'taken' } = (await response.json()) as { error?: string };
  return `${response.status}: ${error}`;
}
