import { existsSync } from 'node:fs';
import { boundCommand } from './bound-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { simulateCommand } from './simulate-command.ts';
import { Unusable } from './unusable.ts';

const HELP = `switchyard: schedules several neural networks on several accelerators

  switchyard simulate [options]     run a policy on simulated units, on a virtual clock
  switchyard bound [options]        what no schedule exceeds, what each unit and model costs, where the work belongs (--json)
  switchyard doctor [--json]        what this machine has and lacks; exit code 1 when something plugged in does not work
  switchyard reset-owner            forget the owner's password and print a new claim token
  switchyard backup [FILE|-]        everything that is kept, in one tar, while the server goes on; without accounts and keys
  switchyard restore FILE|-         check a backup and put it in the place of the data; what was there goes to DATA_DIR/copies
  switchyard bench [NAME …]         measure this machine, as JSON (--rounds N)
  switchyard help

simulate
  --policy NAME|all       fluid, deadline, race; fcfs, affinity, sjf, priority; mct, heft, minmin, sufferage, stealing, maxweight (default: all)
  --jobs N                how many in all (default 300)
  --mix a:b:c             in model order (default: equal)
  --table FILE            another platform: {"units":[{"id","modelSlots","switchMs"}],"models":[…],"latencyMs":{unit:{model:ms|null}},
                          "parameters":{model:n}}; switchMs is a number or {from:{to:ms}}
  --switch-ms X|forbidden what replacing a resident model costs (default: the table's; 0 if absent)
  --arrivals KIND         closed (default), poisson, bursts, or by MLPerf's names: offline, server, single-stream, multi-stream
  --rate R, --load L      poisson, bursts: jobs per second, or a share of the capacity
  --burst-factor K, --burst-ms D
                          bursts: the rate within one as a multiple of the mean (default 4), its mean length (default 1000)
  --p99-ms X              server: the bound; the highest rate that keeps to it is looked for (0: none does)
  --trace FILE            recorded arrivals, JSON Lines: {"atMs","model","deadlineMs"?}, the deadline counted from the arrival
  --deadline-ms M=X,…     when a job of each model should have ended, counted from its arrival
  --priority M=N,…        0 (default) to 255, higher goes first where the policy heeds it
  --drift FILE            [{"unit","fromMs","toMs"|null,"factor"}]: slower units, of which the profile is not told
  --outage FILE           [{"unit","fromMs","toMs"|null}]: units that are away
  --cold                  no service time is known at the start, only the parameters of each model
  --parameters M=N,…      for --cold, where the table does not say
  --ranks FILE|profiler   for priority: {"unit":["model",…]}, or by measured latency
  --noise CV              log-normal service times with this coefficient of variation (default 0)
  --depth N               jobs a unit may hold at once (default 1)
  --seed N                (default 42)
  --json                  one JSON value on standard output
`;

const COMMANDS: Record<string, (argv: string[]) => void | Promise<void>> = {
  simulate: simulateCommand,
  bound: boundCommand,
  doctor: doctorCommand,
  bench: (argv) => program('bench', argv),
  'reset-owner': (argv) => program('reset-owner', argv),
  backup: (argv) => program('backup', argv),
  restore: (argv) => program('restore', argv),
  help: () => console.log(HELP),
};

/** Commands that need a database or a server are built as files of their own: the simulator must not wait for their libraries. */
async function program(name: string, argv: string[]): Promise<void> {
  const file = new URL(`./${name}.js`, import.meta.url);
  if (!existsSync(file)) throw new Unusable(`"${name}" is part of a checkout, and this is an installed board`);
  const { command } = await import(file.href);
  await command(argv);
}

async function main([name = 'help', ...argv]: string[]): Promise<void> {
  const asked = [name, ...argv].some((word) => word === '--help' || word === '-h') ? 'help' : name;
  const command = Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
  if (!command) throw new Unusable(`there is no command "${name}"; "switchyard help" lists them`);
  await command(argv);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`switchyard: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof Error && error.name === 'Unusable' ? 2 : 1;
});
