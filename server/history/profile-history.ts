import type { KeptProfile, MeasuringConditions } from '../application/measure/kept.ts';
import type { Recorder, Statement } from './record.ts';
import type { Database } from './sqlite.ts';

/** Every profile that was measured, as it was then. Times in milliseconds. */
export interface ProfileHistory {
  /** The newest of those that fit, oldest first. */
  of(wanted: ProfileQuestion): Promise<ProfileRecord[]>;
  /** A model is gone, with its file: what these units were measured with it goes too, the newest included. */
  forget(model: string, units: readonly string[]): Promise<void>;
}
export interface ProfileQuestion {
  readonly model?: string | undefined;
  readonly unit?: string | undefined;
  /** Measured then or later. */
  readonly since?: Date | undefined;
  readonly limit: number;
}
export interface ProfileRecord {
  readonly unit: string;
  readonly model: string;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Half the width of the mean's 95 % confidence interval; null where too little was measured. */
  readonly ciMs: number | null;
  readonly loadMs: number;
  readonly samples: number;
  readonly outliers: number;
  /** ISO. */
  readonly measuredAt: string;
  readonly conditions: MeasuringConditions | null;
}

/** Of each pair. At one an hour, that is nearly three months. */
export const MOST_RECORDS = 2000;

export function createProfileHistory(db: Database, record: Recorder): ProfileHistory {
  return {
    async of({ model, unit, since, limit }) {
      const rows = await db.profileRecord.findMany({
        where: {
          ...(model === undefined ? {} : { model }),
          ...(unit === undefined ? {} : { unit }),
          ...(since === undefined ? {} : { measuredAt: { gte: since } }),
        },
        orderBy: [{ measuredAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.reverse().map(({ id: _, measuredAt, conditions, ...figures }) => ({
        ...figures,
        measuredAt: measuredAt.toISOString(),
        conditions: conditions === null ? null : JSON.parse(conditions),
      }));
    },
    forget(model, units) {
      const where = { model, unit: { in: [...units] } };
      const either = { unit: { in: [...units] }, OR: [{ fromModel: model }, { toModel: model }] };
      return record.write(
        (db) => db.profile.deleteMany({ where }),
        (db) => db.profileRecord.deleteMany({ where }),
        (db) => db.switchCost.deleteMany({ where: either }),
      );
    },
  };
}

/** Adds a measured profile, and takes leave of the pair's oldest where there are too many. */
export function profileRecorded(profile: KeptProfile): Statement[] {
  if (profile.source !== 'measured') return [];
  const { unit, model, source: _, measuredAt, conditions, ...figures } = profile;
  const data = {
    ...{ unit, model, ...figures, measuredAt: new Date(measuredAt) },
    conditions: conditions && JSON.stringify(conditions),
  };
  return [
    (db) => db.profileRecord.create({ data }),
    (db) => db.$executeRaw`
      DELETE FROM "ProfileRecord" WHERE "model" = ${model} AND "unit" = ${unit} AND "id" <= (
        SELECT "id" FROM "ProfileRecord" WHERE "model" = ${model} AND "unit" = ${unit}
        ORDER BY "id" DESC LIMIT 1 OFFSET ${MOST_RECORDS})`,
  ];
}
