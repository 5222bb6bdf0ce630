import type { Answer } from './simulate-answer.ts';

interface Column {
  readonly title: string;
  readonly left?: boolean;
  readonly cell: (answer: Answer) => string;
  /** Left out where it says this of no answer. */
  readonly shown?: (answer: Answer) => boolean;
}

const ms = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(1));
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const COLUMNS: readonly Column[] = [
  { title: 'policy', left: true, cell: (a) => a.policy },
  { title: 'arrivals/s', cell: (a) => a.ratePerS?.toFixed(2) ?? '', shown: (a) => a.ratePerS !== null },
  { title: 'makespan ms', cell: (a) => ms(a.makespanMs) },
  { title: 'inf/s', cell: (a) => a.throughput.toFixed(2) },
  { title: 'of bound', cell: (a) => percent(a.throughput / a.bound.throughput) },
  {
    title: 'of optimum',
    cell: (a) => (a.optimum ? percent(a.optimum.makespanMs / a.makespanMs) : ''),
    shown: (a) => a.optimum !== null,
  },
  { title: 'mean ms', cell: (a) => ms(a.latency.meanMs) },
  { title: 'p50', cell: (a) => ms(a.latency.p50Ms) },
  { title: 'p90', cell: (a) => ms(a.latency.p90Ms), shown: (a) => a.latency.p90Ms !== undefined },
  { title: 'p95', cell: (a) => ms(a.latency.p95Ms) },
  { title: 'p99', cell: (a) => ms(a.latency.p99Ms) },
  { title: 'query p99', cell: (a) => ms(a.query?.p99Ms), shown: (a) => a.query !== undefined },
  { title: 'missed', cell: (a) => (a.missRate === null ? '' : percent(a.missRate)), shown: (a) => a.missRate !== null },
  { title: 'failed', cell: (a) => String(a.failed), shown: (a) => a.failed > 0 },
  { title: 'switches', cell: (a) => String(a.switches) },
  {
    title: 'utilisation %',
    left: true,
    cell: (a) =>
      Object.entries(a.utilisation)
        .map(([unit, share]) => `${unit} ${Math.round(share * 100)}`)
        .join('  '),
  },
];

/** The answers for a person: one line each. */
export function table(answers: readonly Answer[]): string {
  const columns = COLUMNS.filter(({ shown }) => !shown || answers.some(shown));
  const cells = answers.map((answer) => columns.map((column) => column.cell(answer)));
  const widths = columns.map(({ title }, c) => Math.max(title.length, ...cells.map((row) => row[c]!.length))); // every row has every column
  const line = (row: readonly string[]) =>
    row
      .map((cell, c) => (columns[c]!.left ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))) // as above
      .join('  ')
      .trimEnd();
  const bound = answers[0]?.bound.throughput ?? 0;
  return [
    `SIMULATED: ${answers[0]?.jobs ?? 0} jobs; no schedule exceeds ${bound.toFixed(2)} inf/s at this mix`,
    '',
    line(columns.map(({ title }) => title)),
    ...cells.map(line),
  ].join('\n');
}
