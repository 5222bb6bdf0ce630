import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Unusable } from './unusable.ts';

/** Three rounds, as usual, are 20,000 and 10,000. */
const CASES_A_ROUND = 20_000 / 3;
const SCHEDULES_A_ROUND = 10_000 / 3;

/** `count`: --rounds where it was given, else what is usual. `minutes`: for what goes on for as long as one likes. */
type Bench = (rounds: number, count: (usual: number) => number, minutes: number) => Promise<unknown>;

const BENCHES: Record<string, Bench> = {
  simulator: async (rounds) => (await import('./bench/simulator.ts')).benchSimulator({ rounds, jobsOfEach: 100_000 }),
  closed: async () => (await study()).benchClosed(),
  tables: async () => (await study()).benchTables(),
  streams: async () => (await study()).benchStreams(),
  drift: async () => (await study()).benchDrift(),
  cold: async () => (await study()).benchCold(),
  deadlines: async () => (await study()).benchDeadlines(),
  regret: async () => (await import('./bench/regret.ts')).benchRegret(),
  health: async () => (await import('./bench/health.ts')).benchHealth(),
  decision: async (rounds) => (await import('./bench/decision.ts')).benchDecision({ rounds }),
  boot: async (rounds) => (await import('./bench/boot.ts')).benchBoot({ rounds }),
  runs: async (rounds) => (await import('./bench/runs.ts')).benchRuns({ rounds, runs: 100_000 }),
  real: async (rounds) => (await import('./bench/real.ts')).benchReal({ rounds }),
  faults: async (rounds) => (await import('./bench/faults.ts')).benchFaults({ rounds }),
  live: async (rounds) => (await import('./bench/live.ts')).benchLive({ rounds, jobsOfEach: 100 }),
  panel: async (rounds) => (await import('./bench/panel.ts')).benchPanel(rounds),
  ...Object.fromEntries(
    ['load', 'flow', 'live', 'frames', 'heap', 'axe', 'cost'].map((part) => [`panel:${part}`, panelPart(part)]),
  ),
  agreement: async () => (await import('./bench/agreement.ts')).benchAgreement(),
  'bad-input': async (rounds) => (await import('./bench/bad-input.ts')).benchBadInput(CASES_A_ROUND * rounds),
  access: async (rounds) => (await import('./bench/access.ts')).benchAccess({ rounds }),
  load: async (rounds) => (await import('./bench/load.ts')).benchLoad(rounds),
  'load:stopped': async () => (await import('./bench/load-stopped.ts')).benchLoadStopped(),
  soak: async (_, __, minutes) => (await import('./bench/soak.ts')).benchSoak(minutes),
  schedules: async (rounds) => (await import('./bench/schedules.ts')).benchSchedules(SCHEDULES_A_ROUND * rounds),
  fuzz: async () => (await import('./bench/fuzz.ts')).benchFuzz(),
  ranges: async () => (await import('./bench/ranges.ts')).benchRanges(),
  'durability:kills': async (_, count) => (await import('./bench/durability/ends.ts')).benchKills(count(100)),
  'durability:stops': async (_, count) => (await import('./bench/durability/ends.ts')).benchStops(count(20)),
  'durability:power': async (_, count) => (await import('./bench/durability/power.ts')).benchPower(count(1000)),
  'durability:full': async () => (await import('./bench/durability/full.ts')).benchFull(),
  'durability:backup': async () => (await import('./bench/durability/backup.ts')).benchBackup(),
  live10: async (rounds) => (await import('./bench/live.ts')).benchLive({ rounds, jobsOfEach: 10 }),
};

/** What checks rather than times, some of it with a library that may be missing, or takes many minutes. */
const ASKED_FOR_BY_NAME = ['access', 'agreement', 'bad-input', 'fuzz', 'load', 'ranges', 'schedules', 'soak'];
/** Not parts of others. */
const isUsual = (name: string): boolean => !name.includes(':') && !ASKED_FOR_BY_NAME.includes(name);

/** One of what `panel` measures, by itself. */
function panelPart(part: string) {
  return async (rounds: number) => (await import('./bench/panel.ts')).PANEL_PARTS[part]!(rounds); // named above
}

const study = () => import('./bench/study.ts');

/** Measures, and prints JSON that names the machine: figures without one are rumours. */
export async function command(argv: string[]): Promise<void> {
  const { positionals, values } = parse(argv);
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES).filter(isUsual);
  const unknown = names.find((name) => !Object.hasOwn(BENCHES, name));
  if (unknown) throw new Unusable(`there is no benchmark "${unknown}"; there are ${Object.keys(BENCHES).join(', ')}`);
  const rounds = Number(values.rounds ?? '3');
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Unusable(`--rounds is a whole number from 1, not "${values.rounds}"`);
  const minutes = Number(values.minutes ?? '30');
  if (!(minutes > 0)) throw new Unusable(`--minutes is a number above 0, not "${values.minutes}"`);
  const figures: Record<string, unknown> = {};
  for (const name of names) {
    console.error(`bench: ${name}`);
    const count = (usual: number): number => (values.rounds === undefined ? usual : rounds);
    figures[name] = await BENCHES[name]!(rounds, count, minutes); // checked above
  }
  console.log(JSON.stringify({ date: new Date().toISOString(), machine: machine(), rounds, ...figures }, null, 2));
}

const machine = () => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  arch: process.arch,
  node: process.version,
});

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: { rounds: { type: 'string' }, minutes: { type: 'string' }, json: { type: 'boolean' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new Unusable((error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '');
  }
}
