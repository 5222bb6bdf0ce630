import { cpus } from 'node:os';
import type { Result } from '../brand.ts';
import { type Board, type LatencyTable, latencyTable, type UnitOptions, type UnitSpec } from '../hardware/board.ts';
import { customBoard, shippedBoards } from '../hardware/boards.ts';

/** What people set up, wherever it is kept. */
export interface FleetShelf {
  boards(): Promise<readonly { readonly id: string; readonly name: string; readonly table: string }[]>;
  addBoard(board: { id: string; name: string; table: string }): Promise<void>;
  removeBoard(id: string): Promise<void>;
  options(): Promise<Map<string, UnitOptions>>;
  setOptions(unit: string, options: UnitOptions): Promise<void>;
}
/** Every board there is: those that ship, then people's own. */
export interface Fleet {
  boards(): readonly Board[];
  unit(id: string): UnitSpec | undefined;
  add(name: string, table: LatencyTable): Promise<Result<Board>>;
  remove(id: string): Promise<Result>;
  setOptions(unit: string, options: UnitOptions): Promise<Result<UnitSpec>>;
}

const MOST_BOARDS = 50;

/** `models`: ids of the models that this machine has, at the moment of asking. */
export async function createFleet(shelf: FleetShelf, models: () => readonly string[]): Promise<Fleet> {
  const options = await shelf.options();
  const own = (await shelf.boards()).map(({ id, name, table }) =>
    customBoard(id, name, latencyTable.parse(JSON.parse(table))),
  );
  const boards = (): readonly Board[] => [
    ...shippedBoards({ models: models(), options: Object.fromEntries(options) }),
    ...own,
  ];
  const unit = (id: string) =>
    boards()
      .flatMap((board) => board.units)
      .find((each) => each.id === id);
  const add = async (name: string, table: LatencyTable): Promise<Result<Board>> => {
    if (own.length >= MOST_BOARDS) return no(`there are ${MOST_BOARDS} boards of people's own already`);
    const id = freeId(name, new Set(boards().map((board) => board.id)));
    await shelf.addBoard({ id, name, table: JSON.stringify(table) });
    const board = customBoard(id, name, table);
    own.push(board);
    return { ok: true, value: board };
  };
  /** Two boards of one name at once: the second waits, and is then given another id. */
  let last: Promise<unknown> = Promise.resolve();
  return {
    boards,
    unit,
    add(name, table) {
      const added = last.then(() => add(name, table));
      last = added.catch(() => {}); // the one who asked is told
      return added;
    },
    async remove(id) {
      const at = own.findIndex((board) => board.id === id);
      const shipped = boards().some((board) => board.id === id);
      if (at < 0) return no(shipped ? 'a board that ships cannot be removed' : `there is no board "${id}"`);
      await shelf.removeBoard(id);
      own.splice(at, 1);
      return { ok: true, value: undefined };
    },
    async setOptions(id, chosen) {
      const found = unit(id);
      if (!found) return no(`there is no unit "${id}"`);
      if (found.source === 'simulated') return no('a simulated unit has no threads and no cores');
      const cores = cpus().length;
      const absent = chosen.cores?.find((core) => core >= cores);
      if (absent !== undefined) return no(`there is no core ${absent}: this machine has ${cores}, counted from 0`);
      await shelf.setOptions(id, chosen);
      options.set(id, chosen);
      return { ok: true, value: { ...found, options: chosen } };
    },
  };
}

const no = (error: string): { ok: false; error: string } => ({ ok: false, error });

/** "My board!" → "my-board", or "my-board-2" when that is taken. */
function freeId(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const stem = plain.slice(0, 24).replace(/-+$/, '') || 'board';
  for (let n = 1; ; n++) {
    const id = n === 1 ? stem : `${stem}-${n}`;
    if (!taken.has(id)) return id;
  }
}
