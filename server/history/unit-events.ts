import type { KeptUnitEvent, UnitEvent, UnitEventKind } from '../application/unit-log.ts';
import type { Recorder } from './record.ts';
import type { Database } from './sqlite.ts';

/** What happened to units, kept across restarts. */
export interface UnitEvents {
  /** Resolves when the disk has it. */
  add(event: UnitEvent): Promise<KeptUnitEvent>;
  /** Newest first. `before`: those with a smaller id. */
  page(wanted: { readonly unit: string; readonly before?: number | undefined; readonly limit: number }): Promise<{
    readonly items: KeptUnitEvent[];
    /** Pass as `before` for the next page; null on the last. */
    readonly next: number | null;
    readonly total: number;
  }>;
  /** The newest of each unit. */
  newest(): Promise<KeptUnitEvent[]>;
}

/** Of each unit. */
export const MOST_EVENTS = 1000;

export async function createUnitEvents(db: Database, record: Recorder): Promise<UnitEvents> {
  let last = (await db.unitEvent.aggregate({ _max: { id: true } }))._max.id ?? 0; // only one process writes
  return {
    async add(event) {
      const kept = { ...event, id: ++last };
      const { id, unit, at, kind, text, who, run } = kept;
      await record.write(
        (db) => db.unitEvent.create({ data: { id, unit, at: new Date(at), kind, text, who, run } }),
        (db) => db.$executeRaw`
          DELETE FROM "UnitEvent" WHERE "unit" = ${unit} AND "id" <= (
            SELECT "id" FROM "UnitEvent" WHERE "unit" = ${unit} ORDER BY "id" DESC LIMIT 1 OFFSET ${MOST_EVENTS})`,
      );
      return kept;
    },
    async page({ unit, before, limit }) {
      const where = { unit, ...(before === undefined ? {} : { id: { lt: before } }) };
      const rows = await db.unitEvent.findMany({ where, orderBy: { id: 'desc' }, take: limit + 1 });
      const items = rows.slice(0, limit).map(eventOf);
      const more = rows.length > limit;
      return {
        items,
        next: more ? (items.at(-1)?.id ?? null) : null,
        total: await db.unitEvent.count({ where: { unit } }),
      };
    },
    async newest() {
      const ids = await db.unitEvent.groupBy({ by: ['unit'], _max: { id: true } });
      const rows = await db.unitEvent.findMany({ where: { id: { in: ids.flatMap(({ _max }) => _max.id ?? []) } } });
      return rows.map(eventOf);
    },
  };
}

const eventOf = (row: {
  readonly id: number;
  readonly unit: string;
  readonly at: Date;
  readonly kind: string;
  readonly text: string;
  readonly who: string | null;
  readonly run: number | null;
}): KeptUnitEvent => ({ ...row, at: row.at.toISOString(), kind: row.kind as UnitEventKind });
