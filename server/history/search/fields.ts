// What a search can ask for. Pure: the board searches by it, and the panel explains it while somebody types.

export const STATUSES = ['queued', 'running', 'done', 'stopped', 'failed', 'interrupted'] as const;
export const SOURCES = ['hardware', 'simulated', 'mixed'] as const;
const WORKLOADS = [
  'closed',
  'poisson',
  'bursts',
  'trace',
  'offline',
  'server',
  'single-stream',
  'multi-stream',
] as const;

/** Filters whose value is a word, and the only words that there are where those are known. */
export const WORD_FIELDS = {
  policy: null,
  model: null,
  unit: null,
  board: null,
  workload: WORKLOADS,
  tag: null,
  status: STATUSES,
  source: SOURCES,
  by: null,
  name: null,
  note: null,
  has: ['tag', 'note', 'figures'],
  archived: ['yes', 'no', 'any'],
} as const satisfies Record<string, readonly string[] | null>;
export type WordField = keyof typeof WORD_FIELDS;

/** Filters whose value is a number, and how that is written: a whole one, milliseconds, a percentage, or any. */
export const NUMBER_FIELDS = {
  id: 'whole',
  experiment: 'whole',
  repeat: 'whole',
  jobs: 'whole',
  failed: 'whole',
  switches: 'whole',
  rate: 'any',
  makespan: 'ms',
  mean: 'ms',
  p50: 'ms',
  p95: 'ms',
  p99: 'ms',
  util: 'percent',
  missed: 'percent',
} as const satisfies Record<string, 'whole' | 'any' | 'ms' | 'percent'>;
export type NumberField = keyof typeof NUMBER_FIELDS;

export const TIME_FIELDS = ['after', 'before'] as const;
export type TimeField = (typeof TIME_FIELDS)[number];

export const FIELDS: readonly string[] = [...Object.keys(WORD_FIELDS), ...Object.keys(NUMBER_FIELDS), ...TIME_FIELDS];

export const isWordField = (name: string): name is WordField => Object.hasOwn(WORD_FIELDS, name);
export const isNumberField = (name: string): name is NumberField => Object.hasOwn(NUMBER_FIELDS, name);
export const isTimeField = (name: string): name is TimeField => (TIME_FIELDS as readonly string[]).includes(name);
