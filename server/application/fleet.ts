import { cpus } from 'node:os';
import type { Result } from '../brand.ts';
import type { ModelFiles } from '../hardware/artefact.ts';
import {
  type Board,
  type LatencyTable,
  latencyTable,
  type OwnUnit,
  ownUnit,
  type UnitOptions,
  type UnitSpec,
} from '../hardware/board.ts';
import { customBoard, shippedBoards } from '../hardware/boards.ts';
import type { KnownDevice } from '../hardware/detect/watch-devices.ts';
import { type MachineUnit, USUAL_UNITS } from '../hardware/machine-units.ts';

/** What people set up, wherever it is kept. */
export interface FleetShelf {
  boards(): Promise<readonly { readonly id: string; readonly name: string; readonly table: string }[]>;
  addBoard(board: { id: string; name: string; table: string }): Promise<void>;
  removeBoard(id: string): Promise<void>;
  options(): Promise<Map<string, UnitOptions>>;
  setOptions(unit: string, options: UnitOptions): Promise<void>;
  ownUnits(): Promise<readonly { readonly id: string; readonly definition: string }[]>;
  putOwnUnit(unit: { id: string; definition: string }): Promise<void>;
  removeOwnUnit(id: string): Promise<void>;
}
/** Every board there is: those that ship, then people's own. */
export interface Fleet {
  boards(): readonly Board[];
  unit(id: string): UnitSpec | undefined;
  add(name: string, table: LatencyTable): Promise<Result<Board>>;
  remove(id: string): Promise<Result>;
  setOptions(unit: string, options: UnitOptions): Promise<Result<UnitSpec>>;
  /** A simulated unit on this machine's board; with an id: what that one is from now on. */
  putUnit(unit: OwnUnit, id?: string): Promise<Result<UnitSpec>>;
  removeUnit(id: string): Promise<Result>;
}

const MOST_BOARDS = 50;
const MOST_OWN_UNITS = 16;

/** What this machine has, at the moment of asking. */
export interface Stocked {
  readonly models: () => readonly ModelFiles[];
  /** What its processor computes with. */
  readonly units?: readonly MachineUnit[];
  /** What was found on it besides. */
  readonly devices?: () => readonly KnownDevice[];
  /** Its processor's fast cores; null: all are alike. */
  readonly bigCores?: readonly number[] | null;
}

export async function createFleet(
  shelf: FleetShelf,
  { models, units = USUAL_UNITS, devices = () => [], bigCores = null }: Stocked,
): Promise<Fleet> {
  const options = await shelf.options();
  const own = (await shelf.boards()).map(({ id, name, table }) =>
    customBoard(id, name, latencyTable.parse(JSON.parse(table))),
  );
  const ownUnits = new Map<string, OwnUnit>();
  for (const { id, definition } of await shelf.ownUnits()) ownUnits.set(id, ownUnit.parse(JSON.parse(definition)));
  const boards = (): readonly Board[] => [
    ...shippedBoards({
      ...{ models: models(), devices: devices(), own: ownUnits, units, bigCores },
      options: Object.fromEntries(options),
    }),
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
  const putUnit = async (wanted: OwnUnit, known?: string): Promise<Result<UnitSpec>> => {
    if (known !== undefined && !ownUnits.has(known)) return no(`there is no simulated unit "${known}" on this machine`);
    if (known === undefined && ownUnits.size >= MOST_OWN_UNITS)
      return no(`there are ${MOST_OWN_UNITS} simulated units on this machine already`);
    const stranger = Object.keys(wanted.latencyMs).find((model) => !models().some(({ id }) => id === model));
    if (stranger !== undefined) return no(`this machine has no model "${stranger}"`);
    const taken = new Set(boards().flatMap((board) => board.units.map((each) => each.id.replace('machine.', ''))));
    const id = known ?? `machine.${freeId(wanted.name, taken, 'unit')}`;
    await shelf.putOwnUnit({ id, definition: JSON.stringify(wanted) });
    ownUnits.set(id, wanted);
    return { ok: true, value: unit(id)! }; // just put there
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
    putUnit(wanted, id) {
      const put = last.then(() => putUnit(wanted, id));
      last = put.catch(() => {}); // the one who asked is told
      return put;
    },
    async removeUnit(id) {
      if (!ownUnits.has(id)) return no(`there is no simulated unit "${id}" on this machine`);
      await shelf.removeOwnUnit(id);
      ownUnits.delete(id);
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
      return { ok: true, value: unit(id) ?? found };
    },
  };
}

const no = (error: string): { ok: false; error: string } => ({ ok: false, error });

/** "My board!" → "my-board", or "my-board-2" when that is taken. */
function freeId(name: string, taken: ReadonlySet<string>, otherwise = 'board'): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const stem = plain.slice(0, 24).replace(/-+$/, '') || otherwise;
  for (let n = 1; ; n++) {
    const id = n === 1 ? stem : `${stem}-${n}`;
    if (!taken.has(id)) return id;
  }
}
