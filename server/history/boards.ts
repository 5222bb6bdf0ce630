import type { UnitOptions } from '../hardware/board.ts';
import type { Profile } from '../scheduling/profiler.ts';
import type { Recorder } from './record.ts';
import type { Database } from './sqlite.ts';

export interface KeptBoard {
  readonly id: string;
  readonly name: string;
  /** The latency table, as JSON. */
  readonly table: string;
}
/** What people set up and what was learnt: boards of their own, options of units, profiles. */
export interface BoardShelf {
  boards(): Promise<KeptBoard[]>;
  addBoard(board: KeptBoard): Promise<void>;
  removeBoard(id: string): Promise<void>;
  options(): Promise<Map<string, UnitOptions>>;
  setOptions(unit: string, options: UnitOptions): Promise<void>;
  profiles(): Promise<Profile[]>;
}

export function createBoardShelf(db: Database, record: Recorder): BoardShelf {
  return {
    boards: () => db.board.findMany({ orderBy: { createdAt: 'asc' } }),
    addBoard: (board) => record.write((db) => db.board.create({ data: { ...board, createdAt: new Date() } })),
    removeBoard: (id) =>
      record.write(
        (db) => db.board.deleteMany({ where: { id } }),
        (db) => db.profile.deleteMany({ where: { unit: { startsWith: `${id}.` } } }),
      ),
    async options() {
      const rows = await db.unitOption.findMany();
      return new Map(
        rows.map(({ unit, threads, cores }) => [unit, { threads, cores: cores === null ? null : JSON.parse(cores) }]),
      );
    },
    setOptions(unit, { threads, cores }) {
      const data = { threads, cores: cores && JSON.stringify(cores) };
      return record.write((db) => db.unitOption.upsert({ where: { unit }, create: { unit, ...data }, update: data }));
    },
    async profiles() {
      const rows = await db.profile.findMany();
      return rows.map(({ measuredAt: _, ...profile }) => withoutNulls(profile) as unknown as Profile);
    },
  };
}

/** What was not known when it was kept is left out. */
const withoutNulls = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
