/** A row of waiting things with two ends; taking from either costs the same however long it is. */
export interface Lane<T> {
  readonly size: number;
  first(): T | undefined;
  last(): T | undefined;
  push(item: T): void;
  /** Before all others. */
  unshift(item: T): void;
  shift(): T | undefined;
  pop(): T | undefined;
  /** Empties it, first to last. */
  drain(): T[];
}

/** A list with a moving start; the part that was taken is dropped now and then. */
export function createLane<T>(): Lane<T> {
  let items: T[] = [];
  let start = 0;
  return {
    get size() {
      return items.length - start;
    },
    first: () => items[start],
    last: () => (items.length > start ? items[items.length - 1] : undefined),
    push: (item) => void items.push(item),
    unshift(item) {
      if (start > 0) items[--start] = item;
      else items.unshift(item);
    },
    shift() {
      if (items.length === start) return undefined;
      const item = items[start++];
      if (start > 1024 && start * 2 > items.length) {
        items = items.slice(start);
        start = 0;
      }
      return item;
    },
    pop: () => (items.length > start ? items.pop() : undefined),
    drain() {
      const left = items.slice(start);
      items = [];
      start = 0;
      return left;
    },
  };
}
