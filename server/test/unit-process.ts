import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Attachment } from '../hardware/board.ts';
import { type FromUnit, parseFromUnit, type ToUnit } from '../hardware/channel.ts';
import { builtProgram } from '../hardware/program.ts';

/** A unit's process, asked and answered one message at a time; what it says unasked is kept beside. Ended with the test. */
export function unitProcess(
  t: { after(call: () => void): void },
  program: string,
  env: NodeJS.ProcessEnv = process.env,
  attached?: Attachment,
) {
  const told = attached ? [JSON.stringify(attached)] : [];
  const child = fork(builtProgram(program), told, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env });
  let complaints = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  }); // piped above
  t.after(() => void child.kill('SIGKILL'));
  const heard: FromUnit[] = [];
  const warmths: number[] = [];
  child.on('message', (raw) => {
    const message = parseFromUnit(raw);
    assert.ok(message, `not in the protocol: ${JSON.stringify(raw)}`);
    if (message.type === 'warmth') warmths.push(message.temperatureC);
    else heard.push(message);
  });
  const next = async (): Promise<FromUnit> => {
    while (heard.length === 0) {
      const end = new AbortController();
      const { signal } = end;
      const ended = once(child, 'exit', { signal }).then((how) => assert.fail(`it ended (${how}): ${complaints}`));
      await Promise.race([once(child, 'message', { signal }), ended]).finally(() => end.abort());
    }
    return heard.shift() as FromUnit; // one is there
  };
  const ask = (message: ToUnit) => {
    child.send(message);
    return next();
  };
  return {
    child,
    complaints: () => complaints,
    warmths,
    ask,
    next,
    send: (message: unknown) => child.send(message as object),
  };
}

/** What a unit says went wrong; undefined where it went well. */
export const errorOf = (answer: FromUnit): string | undefined => ('error' in answer ? answer.error : undefined);
