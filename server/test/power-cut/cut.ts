/** What a process wrote to the files of a folder: shim.c has the format. */
export interface Op {
  readonly op: 'W' | 'T' | 'S' | 'U';
  readonly name: string;
  /** Where it was written, or the new size. */
  readonly at: number;
  readonly data: Buffer;
}

const HEAD = 14;

export function readOps(log: Buffer): Op[] {
  const ops: Op[] = [];
  for (let at = 0; at < log.length; ) {
    const [name, data] = [log.readUInt8(at + 1), log.readUInt32LE(at + 2)];
    const from = at + HEAD;
    ops.push({
      op: String.fromCharCode(log.readUInt8(at)) as Op['op'],
      name: log.toString('utf8', from, from + name),
      at: Number(log.readBigUInt64LE(at + 6)),
      data: log.subarray(from + name, from + name + data),
    });
    at = from + name + data;
  }
  return ops;
}

/** Contents by name, as they may lie on the disk when the power is cut. */
export type DiskState = ReadonlyMap<string, Buffer>;

const SECTOR = 512;

/**
 * A disk that keeps what was synced. Of the rest each write is there, is not, or is torn at a sector, by chance and each for itself:
 * a disk's cache keeps no order. A name that was taken away is gone for sure with the next sync.
 */
export function createDisk(random: () => number) {
  const durable = new Map<string, Buffer>();
  const unsynced = new Map<string, Op[]>();
  let unlinked: string[] = [];
  return {
    take(op: Op): void {
      if (op.op === 'U') unlinked.push(op.name);
      else if (op.op === 'S') {
        for (const name of unlinked) durable.delete(name);
        unlinked = [];
        for (const write of unsynced.get(op.name) ?? []) apply(durable, write);
        unsynced.delete(op.name);
      } else unsynced.set(op.name, [...(unsynced.get(op.name) ?? []), op]);
    },
    cut(): DiskState {
      const state = new Map([...durable].map(([name, bytes]) => [name, Buffer.from(bytes)]));
      for (const write of [...unsynced.values()].flat()) {
        const chance = random();
        if (chance < 0.5) apply(state, write);
        else if (chance < 0.75) apply(state, torn(write, random()));
      }
      for (const name of unlinked) if (random() < 0.5) state.delete(name);
      return state;
    },
  };
}

function apply(files: Map<string, Buffer>, { op, name, at, data }: Op): void {
  const old = files.get(name) ?? Buffer.alloc(0);
  if (op === 'T') {
    files.set(name, at <= old.length ? old.subarray(0, at) : Buffer.concat([old, Buffer.alloc(at - old.length)]));
    return;
  }
  const end = at + data.length;
  const bytes = end > old.length ? Buffer.concat([old, Buffer.alloc(end - old.length)]) : old;
  data.copy(bytes, at);
  files.set(name, bytes);
}

/** Its first sectors; of a truncation there are none. */
function torn(write: Op, share: number): Op {
  if (write.op === 'T') return write;
  const sectors = Math.floor((write.data.length / SECTOR) * share);
  return { ...write, data: write.data.subarray(0, sectors * SECTOR) };
}
