import type { FromUnit, ToUnit } from '../channel.ts';
import { guardAgainstOrphanhood } from './orphan-guard.ts';
import { createOnnxUnit } from './unit.ts';

// The process of a unit that computes with ONNX Runtime. A run blocks this process, never the scheduler's; what comes meanwhile
// waits in line, so there is one inference at a time.

const unit = createOnnxUnit();
let line: Promise<void> = Promise.resolve();

const say = (message: FromUnit) => void process.send?.(message);

process.on('message', (raw) => {
  line = line.then(() => hear(raw as ToUnit));
});
process.on('disconnect', () => process.exit(0));
guardAgainstOrphanhood();

async function hear(message: ToUnit): Promise<void> {
  try {
    const answer = await answerTo(message);
    if (answer) say(answer);
  } catch (error) {
    const sentence = sentenceOf(error);
    const refusal = refuse(message, sentence);
    if (refusal) say(refusal);
    else console.error(sentence); // the supervisor keeps the last lines
  }
}

async function answerTo(message: ToUnit): Promise<FromUnit | undefined> {
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
      return process.exit(0);
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
