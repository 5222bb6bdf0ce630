import type { Result } from '../brand.ts';
import type { Format } from './artefact.ts';

/** Files whose inside only the vendor's library knows. */
export type OpaqueFormat = Extract<Format, 'rknn' | 'blob' | 'graph'>;

const LEAST_BYTES = 256;
/** How each kind begins, as far as that is public; of a .graph nothing is. */
const RKNN_HEADS = ['RKNN', 'CYPTRKNN'];
/** A .blob is an ELF header of 52 bytes, and then this number. */
const BLOB = { at: 52, number: 9709 } as const;
/** Heads of what people mix up with them. */
const OTHERS: Readonly<Record<string, string>> = {
  'PK\u0003\u0004': 'a ZIP archive',
  '<?xm': 'an XML file',
  '<htm': 'a web page',
  '<!DO': 'a web page',
  '\u001f\u008b\b\u0000': 'a gzip archive',
};

/** Looks at the size and at the head, which is all that can be seen from outside; says in one sentence what is wrong. */
export function checkOpaque(bytes: Uint8Array, format: OpaqueFormat): Result {
  const wrong = wrongWith(bytes, format);
  return wrong === null ? { ok: true, value: undefined } : { ok: false, error: wrong };
}

function wrongWith(bytes: Uint8Array, format: OpaqueFormat): string | null {
  if (bytes.length < LEAST_BYTES) return `${bytes.length} bytes are too few for a .${format} file`;
  const head = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  const other = OTHERS[head(0, 4)] ?? (head(4, 8) === 'TFL3' ? 'a TensorFlow Lite file' : null);
  if (other) return `this is ${other}, not a .${format} file`;
  if (format === 'rknn' && !RKNN_HEADS.some((start) => head(0, start.length) === start))
    return 'this is not an RKNN file: it does not begin with "RKNN"';
  if (format === 'blob' && new DataView(bytes.buffer, bytes.byteOffset).getUint32(BLOB.at, true) !== BLOB.number)
    return 'this is not a file compiled for a Myriad: its head has not the number of one';
  return null;
}
