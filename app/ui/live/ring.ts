/** A series that forgets its oldest half when it is full, and keeps every second point of it: time goes back to the start. */
export interface Series {
  readonly length: number;
  push(atMs: number, values: readonly number[]): void;
  /** Columns as uPlot wants them: time, then one per value. Views, valid until the next push. */
  columns(): Float64Array[];
  clear(): void;
}

export function createSeries(values: number, capacity = 8192): Series {
  const kept = Array.from({ length: values + 1 }, () => new Float64Array(capacity));
  let length = 0;
  const thin = () => {
    const half = capacity >> 1;
    for (const column of kept) {
      for (let i = 0; i < half; i += 2) column[i >> 1] = column[i]!; // i < capacity
      column.copyWithin(half >> 1, half, capacity);
    }
    length = (half >> 1) + (capacity - half);
  };
  return {
    get length() {
      return length;
    },
    push(atMs, row) {
      if (length === capacity) thin();
      kept.forEach((column, c) => {
        column[length] = c === 0 ? atMs : (row[c - 1] ?? Number.NaN);
      });
      length++;
    },
    columns: () => kept.map((column) => column.subarray(0, length)),
    clear() {
      length = 0;
    },
  };
}

/** The last so many values, oldest first. */
export function createRing(capacity: number) {
  const kept = new Float32Array(capacity);
  let next = 0;
  let length = 0;
  return {
    push(value: number) {
      kept[next] = value;
      next = (next + 1) % capacity;
      length = Math.min(capacity, length + 1);
    },
    /** `age` 0 is the newest; 0 for what is not there yet. */
    at: (age: number) => (age < length ? (kept[(next - 1 - age + 2 * capacity) % capacity] ?? 0) : 0),
    get length() {
      return length;
    },
    capacity,
  };
}
export type Ring = ReturnType<typeof createRing>;
