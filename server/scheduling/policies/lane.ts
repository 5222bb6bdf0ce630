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

export const createLane = <T>(): Lane<T> => new List<T>();

/** A list with a moving start; the part that was taken is dropped now and then. A class for the sake of its getter, like [a unit's seat](../seat.ts). */
class List<T> implements Lane<T> {
  private items: T[] = [];
  private start = 0;

  get size(): number {
    return this.items.length - this.start;
  }

  first(): T | undefined {
    return this.items[this.start];
  }

  last(): T | undefined {
    return this.size > 0 ? this.items[this.items.length - 1] : undefined;
  }

  push(item: T): void {
    this.items.push(item);
  }

  unshift(item: T): void {
    if (this.start > 0) this.items[--this.start] = item;
    else this.items.unshift(item);
  }

  shift(): T | undefined {
    if (this.size === 0) return undefined;
    const item = this.items[this.start++];
    if (this.start > 1024 && this.start * 2 > this.items.length) {
      this.items = this.items.slice(this.start);
      this.start = 0;
    }
    return item;
  }

  pop(): T | undefined {
    return this.size > 0 ? this.items.pop() : undefined;
  }

  drain(): T[] {
    const left = this.items.slice(this.start);
    this.items = [];
    this.start = 0;
    return left;
  }
}
