import { simulateCommand } from './simulate-command.ts';
import { Unusable } from './unusable.ts';

const HELP = `switchyard: schedules several neural networks on several accelerators

  switchyard simulate [options]     run a policy on simulated units, on a virtual clock
  switchyard reset-owner            forget the owner's password and print a new claim token
  switchyard bench [NAME …]         measure this machine, as JSON (--rounds N)
  switchyard help

simulate
  --policy NAME|all       fcfs, affinity, sjf, priority; mct, heft, minmin, sufferage, stealing, maxweight (default: all)
  --jobs N                how many in all (default 300)
  --mix a:b:c             in model order (default: equal)
  --table FILE            another platform: {"units":[{"id","modelSlots","switchMs"}],"models":[…],"latencyMs":{unit:{model:ms|null}}}
  --switch-ms X|forbidden what replacing a resident model costs (default: the table's; 0 if absent)
  --arrivals closed|poisson
  --rate R, --load L      Poisson arrivals: jobs per second, or a share of the capacity
  --ranks FILE|profiler   for priority: {"unit":["model",…]}, or by measured latency
  --noise CV              log-normal service times with this coefficient of variation (default 0)
  --depth N               jobs a unit may hold at once (default 1)
  --seed N                (default 42)
  --json                  one JSON value on standard output
`;

const COMMANDS: Record<string, (argv: string[]) => void | Promise<void>> = {
  simulate: simulateCommand,
  bench: (argv) => program('bench', argv),
  'reset-owner': (argv) => program('reset-owner', argv),
  help: () => console.log(HELP),
};

/** Commands that need a database or a server are built as files of their own: the simulator must not wait for their libraries. */
async function program(name: string, argv: string[]): Promise<void> {
  const { command } = await import(new URL(`./${name}.js`, import.meta.url).href);
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
