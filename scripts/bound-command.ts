import { isBatch } from '../server/application/arrivals.ts';
import { boundOn, optimumOf, phaseBoundOf } from '../server/application/limits.ts';
import { bare, unitsOf } from '../server/application/platform.ts';
import { type Bound, boundOf } from '../server/scheduling/capacity.ts';
import { readQuestion } from './simulate-question.ts';
import { parseValues } from './simulate-values.ts';

/** The bounds alone: no policy runs. Takes the options of `simulate`. */
export function boundCommand(argv: string[]): void {
  const values = parseValues(argv);
  const { simulation, arrivals } = readQuestion(values);
  const { platform, models, mix, conditions } = simulation;
  const bound = boundOn(simulation);
  const units = unitsOf(platform, models, mix, conditions);
  const all = bare(platform, models);
  const accepts = new Map(units.map((unit) => [unit.id, unit.accepts]));
  /** With every unit held to what it may hold: the same as `bound` where nothing is forbidden. */
  const held = boundOf(
    { ...all, latencyMs: (model, unit) => (accepts.get(unit)?.(model) ? all.latencyMs(model, unit) : null) },
    mix,
  );
  const ratePerS = 'ratePerS' in arrivals ? arrivals.ratePerS : null;
  const batch = arrivals.kind !== 'server' && isBatch(arrivals);
  const found = {
    bound,
    pinned: conditions.switchMs === 'forbidden' ? held : null,
    load: ratePerS === null ? null : { ratePerS, ofBound: ratePerS / bound.throughput },
    optimum: batch ? optimumOf(simulation) : null,
    phaseBound: batch ? phaseBoundOf(simulation) : null,
  };
  if (values.json) return console.log(JSON.stringify(found));
  console.log(`No schedule exceeds ${bound.throughput.toFixed(3)} inf/s at this mix.\n`);
  console.log(described(bound));
  if (found.pinned)
    console.log(`\nWith units held to one model: ${held.throughput.toFixed(3)} inf/s.\n\n${described(held)}`);
  if (found.load)
    console.log(
      `\nAsked for: ${found.load.ratePerS.toFixed(2)} jobs/s, ${(100 * found.load.ofBound).toFixed(1)} % of it.`,
    );
  if (batch)
    console.log(
      `\nThe shortest schedule of this batch: ${found.optimum ? `${found.optimum.makespanMs.toFixed(3)} ms` : 'not proved'}.`,
    );
  if (found.phaseBound)
    console.log(`With the drift, at each phase's own capacity: ${found.phaseBound.makespanMs.toFixed(3)} ms.`);
}

function described({ prices, routing }: Bound): string {
  const units = Object.entries(prices.units).map(
    ([id, share]) => `  ${id.padEnd(20)} ${(100 * share).toFixed(1).padStart(6)} % of the throughput`,
  );
  const models = Object.entries(prices.models).map(([id, ms]) => {
    const where = Object.entries(routing[id] ?? {}).map(([unit, share]) => `${unit} ${(100 * share).toFixed(1)} %`);
    return `  ${id.padEnd(20)} ${ms.toFixed(3).padStart(9)} ms of the board each; ${where.join(', ')}`;
  });
  return [
    'What each unit is worth',
    ...units,
    '',
    'What each inference costs, and where it belongs (share of all)',
    ...models,
  ].join('\n');
}
