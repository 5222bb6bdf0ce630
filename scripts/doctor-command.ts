import { parseArgs } from 'node:util';
import { examineMachine } from '../server/hardware/doctor/examine.ts';
import type { Level } from '../server/hardware/doctor/sentences.ts';
import { Unusable } from './unusable.ts';

const SIGN: Record<Level, string> = { good: '✓', note: '·', warn: '!', broken: '✗' };

/** Says what this machine has and lacks; exit code 1 when something that is asked for does not work. */
export async function doctorCommand(argv: string[]): Promise<void> {
  const report = await examineMachine(process.env.SWITCHYARD_ROOT ?? '');
  if (jsonIn(argv)) console.log(JSON.stringify(report, null, 2));
  else
    for (const { level, sentence } of report.findings)
      console.log(`${SIGN[level]} ${sentence.replaceAll('\n', '\n    ')}`);
  if (!report.well) process.exitCode = 1;
}

function jsonIn(argv: string[]): boolean {
  try {
    return parseArgs({ args: argv, options: { json: { type: 'boolean', default: false } } }).values.json;
  } catch (error) {
    throw new Unusable(`doctor: ${(error as Error).message}`);
  }
}
