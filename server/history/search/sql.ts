import type { NumberField, WordField } from './fields.ts';
import type { Range, Search, Term } from './parse.ts';
import { beginningOf } from './when.ts';

/** A condition on `Run r`, with its values in order. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}
/** Every column that a condition names stands in this index: a list is never longer than one scan of it. */
export const FROM_RUNS = 'FROM "Run" r INDEXED BY "Run_list_idx"';

/** What fits all parts. What is archived is left out unless it is asked for. */
export function conditionOf(search: Search, now: Date): Condition {
  const asksForArchive = search.some((term) => term.kind === 'word' && term.field === 'archived');
  return all([
    ...(asksForArchive ? [] : [{ sql: 'r.archivedAt IS NULL', values: [] }]),
    ...search.map((term) => negated(termCondition(term, now), term.not)),
  ]);
}

export const all = (conditions: readonly Condition[]): Condition => joined(conditions, ' AND ', 'TRUE');
const any = (conditions: readonly Condition[]): Condition => joined(conditions, ' OR ', 'FALSE');

function joined(conditions: readonly Condition[], sign: string, none: string): Condition {
  if (conditions.length === 0) return { sql: none, values: [] };
  return {
    sql: `(${conditions.map((condition) => condition.sql).join(sign)})`,
    values: conditions.flatMap((condition) => condition.values),
  };
}

/** A run without a figure is not above 30, so it is among what is not above 30. */
const negated = ({ sql, values }: Condition, not: boolean): Condition =>
  not ? { sql: `(${sql}) IS NOT TRUE`, values } : { sql, values };

function termCondition(term: Term, now: Date): Condition {
  switch (term.kind) {
    case 'text':
      return textCondition(term.text);
    case 'word':
      return wordCondition(term.field, term.values);
    case 'number':
      return rangeCondition(COLUMNS[term.field], term.range);
    case 'time':
      return { sql: `r.createdAt ${term.field === 'after' ? '>=' : '<'} ?`, values: [beginningOf(term.date, now)] };
    default:
      return term satisfies never;
  }
}

/** Somewhere in its name, its policy, its tags or its note; or its number. */
function textCondition(text: string): Condition {
  const number = /^#?\d{1,12}$/.test(text) ? [{ sql: 'r.id = ?', values: [Number(text.replace('#', ''))] }] : [];
  const inside = containing(text);
  return any([
    ...number,
    { sql: `r.name ${LIKE}`, values: [inside] },
    { sql: `r.policy ${LIKE}`, values: [inside] },
    { sql: `r.id IN (SELECT runId FROM RunTag WHERE tag ${LIKE})`, values: [inside] },
    { sql: `r.id IN (SELECT runId FROM RunRemark WHERE text ${LIKE})`, values: [inside] },
  ]);
}

function wordCondition(field: WordField, values: readonly string[]): Condition {
  switch (field) {
    case 'policy':
    case 'status':
    case 'source':
      return oneOf(`r.${field}`, values);
    case 'tag':
      return within('r.id IN (SELECT runId FROM RunTag WHERE ', oneOf('tag', values));
    case 'model':
    case 'unit':
    case 'board':
    case 'workload':
    case 'by':
      return within(
        `r.experimentId IN (SELECT experimentId FROM ExperimentFacet WHERE field = '${field}' AND `,
        oneOf('value', values),
      );
    case 'name':
      return any(values.map((value) => ({ sql: `r.name ${LIKE}`, values: [containing(value)] })));
    case 'note':
      return any(
        values.map((value) => ({
          sql: `r.id IN (SELECT runId FROM RunRemark WHERE text ${LIKE})`,
          values: [containing(value)],
        })),
      );
    case 'has':
      return any(values.map((value) => ({ sql: HAS[value] ?? 'FALSE', values: [] })));
    case 'archived':
      return any(values.map((value) => ({ sql: ARCHIVED[value] ?? 'FALSE', values: [] })));
    default:
      return field satisfies never;
  }
}

const HAS: Readonly<Record<string, string>> = {
  tag: 'r.id IN (SELECT runId FROM RunTag)',
  note: 'r.id IN (SELECT runId FROM RunRemark)',
  figures: 'r.throughput IS NOT NULL',
};
const ARCHIVED: Readonly<Record<string, string>> = {
  yes: 'r.archivedAt IS NOT NULL',
  no: 'r.archivedAt IS NULL',
  any: 'TRUE',
};

const within = (before: string, { sql, values }: Condition): Condition => ({ sql: `${before}${sql})`, values });

function oneOf(column: string, values: readonly string[]): Condition {
  const exact = values.filter((value) => !value.includes('*'));
  return any([
    ...(exact.length > 0 ? [{ sql: `${column} IN (${exact.map(() => '?').join(', ')})`, values: exact }] : []),
    ...values
      .filter((value) => value.includes('*'))
      .map((value) => ({ sql: `${column} ${LIKE}`, values: [escaped(value).replaceAll('*', '%')] })),
  ]);
}

const LIKE = "LIKE ? ESCAPE '\\'";
const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');
const containing = (text: string): string => `%${escaped(text)}%`;

const COLUMNS: Readonly<Record<NumberField, string>> = {
  id: 'r.id',
  experiment: 'r.experimentId',
  repeat: 'r.repeat',
  jobs: 'r.jobs',
  failed: 'r.failed',
  switches: 'r.switches',
  rate: 'r.throughput',
  makespan: 'r.makespanMs',
  mean: 'r.meanMs',
  p50: 'r.p50Ms',
  p95: 'r.p95Ms',
  p99: 'r.p99Ms',
  util: 'r.utilisation',
  missed: 'r.missRate',
};

function rangeCondition(column: string, { above, below, withAbove, withBelow }: Range): Condition {
  return all([
    ...(above === null ? [] : [{ sql: `${column} ${withAbove ? '>=' : '>'} ?`, values: [above] }]),
    ...(below === null ? [] : [{ sql: `${column} ${withBelow ? '<=' : '<'} ?`, values: [below] }]),
  ]);
}
