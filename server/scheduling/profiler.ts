import type { ModelId, UnitId } from '../hardware/unit.ts';

/** What is known of one model on one unit. Times in milliseconds of service, switching not included. */
export interface Profile {
  readonly model: ModelId;
  readonly unit: UnitId;
  readonly meanMs: number;
  readonly p95Ms: number;
  readonly loadMs: number;
  readonly samples: number;
  readonly source: 'given' | 'measured';
}
