// How node's test runner is asked, and what its answers add up to.
import { existsSync, readFileSync } from 'node:fs';

/** A test that hangs fails; it does not hold CI until somebody looks. */
const TEST_TIMEOUT_MS = 300_000;

/** The spec report for people on standard output, TAP in a file for the totals. */
export const testArguments = (files, concurrency, report) => [
  '--import',
  'tsx',
  '--test',
  `--test-concurrency=${concurrency}`,
  `--test-timeout=${TEST_TIMEOUT_MS}`,
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  '--test-reporter=tap',
  `--test-reporter-destination=${report}`,
  ...files,
];

/** The last lines of a TAP report: "# pass 12". A cancelled test has failed; one that is still to do was skipped. */
export function readTotals(report) {
  const text = existsSync(report) ? readFileSync(report, 'utf8') : '';
  const count = (what) => Number([...text.matchAll(new RegExp(`^# ${what} (\\d+)$`, 'gm'))].at(-1)?.[1] ?? 0);
  return { pass: count('pass'), fail: count('fail') + count('cancelled'), skip: count('skipped') + count('todo') };
}

/** The last lines of `npm test`. A group that ended badly without a failed test (it never got that far) counts as one. */
export function summary(checks, groups) {
  const sum = (key) => groups.reduce((total, group) => total + group[key], 0);
  const broken = [...checks.filter((each) => each.code !== 0), ...groups.filter((g) => g.code !== 0 && g.fail === 0)];
  const failed = sum('fail') + broken.length;
  const skipped = groups.filter((group) => group.skip > 0);
  return {
    passed: failed === 0,
    lines: [
      '',
      ...broken.map((each) => `FAILED: ${each.name}`),
      ...skipped.map(({ name, skip, why }) => `SKIPPED: ${skip} of the ${name}${why ? `: ${why}` : ''}`),
      `${sum('pass')} passed, ${failed} failed, ${sum('skip')} skipped`,
    ],
  };
}
