import type { FromUnit, ToUnit } from '../channel.ts';
import { guardAgainstOrphanhood } from './orphan-guard.ts';
import type { Runtime } from './runtime.ts';
import { type ComputingUnit, createComputingUnit } from './unit.ts';

/**
 * Makes this process a unit that computes with the library. A run blocks this process, never the scheduler's; what comes
 * meanwhile waits in line, so there is one inference at a time. Where `open` throws, the sentence is this process's last word.
 */
export function serve<Picture>(open: () => Runtime<Picture>): void {
  guardAgainstOrphanhood();
  const unit = createComputingUnit(opened(open));
  let line: Promise<void> = Promise.resolve();
  process.on('message', (raw) => {
    line = line.then(() => hear(unit, raw as ToUnit));
  });
  process.on('disconnect', () => {
    line = line.then(() => leave(unit));
  });
  const { warmth } = unit;
  const feel = () => {
    const felt = warmth?.();
    if (felt) say(felt);
  };
  // in line as well: most libraries want one call at a time
  if (warmth) setInterval(() => (line = line.then(feel)), FEEL_EVERY_MS).unref();
}

const FEEL_EVERY_MS = 1000;

function opened<Picture>(open: () => Runtime<Picture>): Runtime<Picture> {
  try {
    return open();
  } catch (error) {
    console.error(sentenceOf(error)); // the supervisor passes on the last line
    process.exit(1);
  }
}

/** With everything given back, or a word about what would not be. */
async function leave(unit: ComputingUnit): Promise<never> {
  await unit.close().catch((error) => console.error(sentenceOf(error)));
  process.exit(0);
}

const say = (message: FromUnit) => void process.send?.(message);

async function hear(unit: ComputingUnit, message: ToUnit): Promise<void> {
  try {
    const answer = await answerTo(unit, message);
    if (answer) say(answer);
  } catch (error) {
    const sentence = sentenceOf(error);
    const refusal = refuse(message, sentence);
    if (refusal) return say(refusal);
    console.error(sentence); // the supervisor keeps the last lines
    if (message?.type === 'open') process.exit(1); // a unit that cannot begin is no unit
  }
}

async function answerTo(unit: ComputingUnit, message: ToUnit): Promise<FromUnit | undefined> {
  switch (message?.type) {
    case 'open':
      return unit.open(message);
    case 'run':
      return unit.prepare(message);
    case 'load':
      return unit.load(message);
    case 'unload':
      await unit.unload(message.model);
      return;
    case 'infer':
      return unit.infer(message);
    case 'fault':
      throw new Error('this unit is real: it takes no orders to break');
    case 'close':
      return leave(unit);
    default:
      throw new Error(
        `a message that is not in the protocol: ${JSON.stringify(message satisfies never)?.slice(0, 100)}`,
      );
  }
}

/** The answer of the kind that was waited for, or null where nobody waits. */
function refuse(message: ToUnit | null, error: string): FromUnit | null {
  if (message?.type === 'run') return { type: 'prepared', run: message.run, error };
  if (message?.type === 'load') return { type: 'loaded', ref: message.ref, ms: 0, error };
  if (message?.type === 'infer') return { type: 'failed', ref: message.ref, error };
  return null;
}

/** What the runtime says can run over many lines; the channel takes one of 500 characters. */
function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').slice(0, 400);
}
