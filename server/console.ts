import type { Conductor } from './application/conductor.ts';
import type { Config } from './config.ts';
import type { Panel } from './panel/open.ts';

const PROBED_MS = 10_000;

/** Units of the boards that ship which nobody has heard of yet; people's own boards sleep until a run wants them. */
export function unreadyUnits(conductor: Pick<Conductor, 'boards' | 'unit'>): string[] {
  const shipped = conductor.boards().filter((board) => !board.custom);
  const units = shipped.flatMap((board) => board.units.map((unit) => conductor.unit(unit.id)));
  const unknown = units.filter((unit) => unit.status === 'asleep' || unit.status === 'starting');
  return unknown.map((unit) => `${unit.id} is being probed`);
}

/** Tells people where the panel is and how to claim it; tells programs the same as one line of JSON. */
export async function announce(config: Config, panel: Panel, conductor: Conductor): Promise<void> {
  process.stderr.write(block(config, panel));
  if (!config.readyJson) return;
  await probed(conductor);
  const sources = new Map(
    conductor.boards().flatMap((board) => board.units.map((unit) => [unit.id, unit.source] as const)),
  );
  const units = conductor.live().units.map(({ id, pid }) => ({ id, pid, source: sources.get(id) ?? 'simulated' }));
  const { url, port, claimToken } = panel;
  process.stdout.write(`${JSON.stringify({ url, port, pid: process.pid, claimToken, units })}\n`);
}

async function probed(conductor: Conductor): Promise<void> {
  const untilMs = performance.now() + PROBED_MS;
  while (unreadyUnits(conductor).length > 0 && performance.now() < untilMs)
    await new Promise((later) => setTimeout(later, 20));
}

function block({ insecure, version }: Config, { url, claimToken, fingerprint }: Panel): string {
  const lines = [`Switchyard ${version} is at ${url}`];
  if (insecure) lines.push('Everybody on this network can read what is sent: HTTP is not encrypted.');
  if (fingerprint)
    lines.push(
      'Other machines reach it over HTTPS, with a certificate that this board made itself. Their browsers will ask; trust it',
      'if they show this fingerprint, or install /ca.crt there once:',
      '',
      `  SHA-256 ${fingerprint}`,
    );
  if (claimToken)
    lines.push(
      '',
      'It has no owner yet. Claim it in the browser with this token, which works once:',
      '',
      `  ${claimToken}`,
    );
  return `\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n\n`;
}
