// FlatBuffers, as much as reading a stranger's file needs. Every offset is a stranger's too: what points out of the file throws.

/** A table in the file; fields are named by their numbers in the schema. */
export interface Table {
  /** null: left out. */
  table(field: number): Table | null;
  tables(field: number): Table[];
  numbers(field: number): number[];
  text(field: number): string;
  int(field: number, otherwise: number): number;
  byte(field: number, otherwise: number): number;
  /** How many elements of a list there are; 0 where it was left out. */
  length(field: number): number;
}

const utf8 = new TextDecoder();

export function rootOf(bytes: Uint8Array): Table {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return tableAt(view, view.getUint32(0, true));
}

function tableAt(view: DataView, at: number): Table {
  const fields = at - view.getInt32(at, true);
  const size = view.getUint16(fields, true);
  /** Where the field's value lies; null: left out. */
  const place = (field: number): number | null => {
    const entry = 4 + 2 * field;
    const offset = entry + 2 <= size ? view.getUint16(fields + entry, true) : 0;
    return offset === 0 ? null : at + offset;
  };
  const list = (field: number, bytesEach: number): { from: number; length: number } => {
    const here = place(field);
    if (here === null) return { from: 0, length: 0 };
    const start = here + view.getUint32(here, true);
    const length = view.getUint32(start, true);
    if (start + 4 + length * bytesEach > view.byteLength) throw new RangeError('a list is longer than its file');
    return { from: start + 4, length };
  };
  const each = <T>(field: number, read: (at: number) => T): T[] => {
    const { from, length } = list(field, 4);
    return Array.from({ length }, (_, i) => read(from + 4 * i));
  };
  return {
    table(field) {
      const here = place(field);
      return here === null ? null : tableAt(view, here + view.getUint32(here, true));
    },
    tables: (field) => each(field, (here) => tableAt(view, here + view.getUint32(here, true))),
    numbers: (field) => each(field, (here) => view.getInt32(here, true)),
    text(field) {
      const { from, length } = list(field, 1);
      return utf8.decode(new Uint8Array(view.buffer, view.byteOffset + from, length));
    },
    int(field, otherwise) {
      const here = place(field);
      return here === null ? otherwise : view.getInt32(here, true);
    },
    byte(field, otherwise) {
      const here = place(field);
      return here === null ? otherwise : view.getInt8(here);
    },
    length: (field) => list(field, 1).length,
  };
}
