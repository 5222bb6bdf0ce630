// The wire format of Protocol Buffers, as much of it as ONNX files need: varints, 32-bit and 64-bit numbers, byte strings.

const utf8 = new TextEncoder();

/** A message being written: pieces that are joined only on their way to disk, so that weights are never copied. */
export interface Message {
  readonly pieces: readonly Uint8Array[];
  readonly bytes: number;
  int(field: number, value: number): Message;
  float(field: number, value: number): Message;
  data(field: number, value: Uint8Array): Message;
  text(field: number, value: string): Message;
  message(field: number, value: Message): Message;
}

export function createMessage(): Message {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const push = (piece: Uint8Array) => {
    pieces.push(piece);
    bytes += piece.length;
    return message;
  };
  const head = (field: number, wire: number, value: number) =>
    push(Uint8Array.from([...varint(field * 8 + wire), ...varint(value)]));
  const message: Message = {
    pieces,
    get bytes() {
      return bytes;
    },
    int: (field, value) => head(field, 0, value),
    float(field, value) {
      push(Uint8Array.from(varint(field * 8 + 5)));
      return push(new Uint8Array(Float32Array.of(value).buffer)); // every machine that Node runs on is little-endian
    },
    data(field, value) {
      head(field, 2, value.length);
      return push(value);
    },
    text: (field, value) => message.data(field, utf8.encode(value)),
    message(field, value) {
      head(field, 2, value.bytes);
      for (const piece of value.pieces) push(piece);
      return message;
    },
  };
  return message;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
  bytes.push(left);
  return bytes;
}

/** One field as it lies in a file; numbers of 64 bits are exact up to 2^53, beyond that nothing here asks. */
export type Field =
  | { readonly field: number; readonly kind: 'number'; readonly value: number }
  | { readonly field: number; readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly field: number; readonly kind: 'fixed'; readonly value: Uint8Array };

/** Walks the fields of a message without copying. Throws on bytes that are no message: cut short, or of another format. */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  const cursor = createCursor(bytes);
  while (!cursor.atEnd()) {
    const tag = cursor.number();
    const field = Math.floor(tag / 8);
    if (field < 1 || field > 536_870_911) throw new Error('a field has no valid number');
    const wire = tag % 8;
    if (wire === 0) yield { field, kind: 'number', value: cursor.number() };
    else if (wire === 2) yield { field, kind: 'bytes', value: cursor.take(cursor.number()) };
    else if (wire === 5 || wire === 1) yield { field, kind: 'fixed', value: cursor.take(wire === 5 ? 4 : 8) };
    else throw new Error('a field is of a kind that does not exist');
  }
}

/** Whole numbers of a repeated field: each a field of its own, or packed into one. */
export function numbersOf(field: Field): number[] {
  if (field.kind === 'number') return [field.value];
  if (field.kind === 'fixed') throw new Error('a whole number is stored as a fraction');
  const cursor = createCursor(field.value);
  const numbers: number[] = [];
  while (!cursor.atEnd()) numbers.push(cursor.number());
  return numbers;
}

function createCursor(bytes: Uint8Array) {
  let at = 0;
  return {
    atEnd: () => at >= bytes.length,
    number(): number {
      let value = 0;
      for (let place = 1; place <= 2 ** 63; place *= 128) {
        const byte = bytes[at++];
        if (byte === undefined) throw new Error('a number is cut short');
        value += (byte & 127) * place;
        if (byte < 128) return value;
      }
      throw new Error('a number is longer than 64 bits');
    },
    take(length: number): Uint8Array {
      const left = bytes.length - at;
      if (length > left) throw new Error(`${length} bytes are announced and ${left} are there`);
      at += length;
      return bytes.subarray(at - length, at);
    },
  };
}
