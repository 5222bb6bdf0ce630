import type { KeptCoRun, KeptProfile, KeptSwitchCost, Measured, Measurements } from '../application/measure/kept.ts';
import type { UnitOptions } from '../hardware/board.ts';
import type { Recorder, Statement } from './record.ts';
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
  ownUnits(): Promise<{ id: string; definition: string }[]>;
  putOwnUnit(unit: { id: string; definition: string }): Promise<void>;
  removeOwnUnit(id: string): Promise<void>;
  profiles(): Promise<KeptProfile[]>;
  measurements(): Promise<Measurements>;
}

export function createBoardShelf(db: Database, record: Recorder): BoardShelf {
  return {
    boards: () => db.board.findMany({ orderBy: { createdAt: 'asc' } }),
    addBoard: (board) => record.write((db) => db.board.create({ data: { ...board, createdAt: new Date() } })),
    removeBoard: (id) =>
      record.write((db) => db.board.deleteMany({ where: { id } }), ...forgetting({ startsWith: `${id}.` })),
    async options() {
      const rows = await db.unitOption.findMany();
      return new Map(
        rows.map(({ unit, threads, cores, modelSlots, switchMs }) => [
          unit,
          { threads, cores: cores === null ? null : JSON.parse(cores), modelSlots, switchMs },
        ]),
      );
    },
    setOptions(unit, { threads, cores, modelSlots = null, switchMs = null }) {
      const data = { threads, cores: cores && JSON.stringify(cores), modelSlots, switchMs };
      return record.write((db) => db.unitOption.upsert({ where: { unit }, create: { unit, ...data }, update: data }));
    },
    ownUnits: () => db.ownUnit.findMany({ orderBy: { createdAt: 'asc' } }),
    putOwnUnit: ({ id, definition }) =>
      record.write((db) =>
        db.ownUnit.upsert({
          where: { id },
          create: { id, definition, createdAt: new Date() },
          update: { definition },
        }),
      ),
    removeOwnUnit: (id) => record.write((db) => db.ownUnit.deleteMany({ where: { id } }), ...forgetting(id)),
    async profiles() {
      const rows = await db.profile.findMany();
      return rows.map((row) => {
        const { p50Ms, p99Ms, ...rest } = row;
        const older = { p50Ms: p50Ms ?? row.meanMs, p99Ms: p99Ms ?? row.p95Ms, outliers: row.outliers ?? 0 };
        return { ...rest, ...older, ...measuredOf(row) } as KeptProfile;
      });
    },
    async measurements() {
      const costs = await db.switchCost.findMany({
        orderBy: [{ unit: 'asc' }, { fromModel: 'asc' }, { toModel: 'asc' }],
      });
      const runs = await db.coRun.findMany({ orderBy: [{ unit: 'asc' }, { beside: 'asc' }] });
      return {
        switchCosts: costs.map(
          ({ fromModel: from, toModel: to, ...row }) => ({ ...row, from, to, ...measuredOf(row) }) as KeptSwitchCost,
        ),
        coRuns: runs.map((row) => ({ ...row, ...measuredOf(row) }) as KeptCoRun),
      };
    },
  };
}

/** What was learnt of units, and what happened to them: their name may come to mean another. */
const forgetting = (unit: string | { readonly startsWith: string }): Statement[] => [
  (db) => db.profile.deleteMany({ where: { unit } }),
  (db) => db.profileRecord.deleteMany({ where: { unit } }),
  (db) => db.unitEvent.deleteMany({ where: { unit } }),
  (db) => db.unitExclusion.deleteMany({ where: { unit } }),
  (db) => db.switchCost.deleteMany({ where: { unit } }),
  (db) => db.coRun.deleteMany({ where: { unit } }),
];

const measuredOf = (row: { readonly measuredAt: Date; readonly conditions: string | null }): Measured => ({
  measuredAt: row.measuredAt.toISOString(),
  conditions: row.conditions === null ? null : JSON.parse(row.conditions),
});
