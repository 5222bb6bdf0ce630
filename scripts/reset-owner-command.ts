import { resetOwner } from '../server/panel/reset-owner.ts';
import { Unusable } from './unusable.ts';

/** A lost owner is recovered on the console. DATA_DIR says whose. */
export async function command(argv: string[]): Promise<void> {
  if (argv.length > 0)
    throw new Unusable(
      `reset-owner takes no arguments, but was given "${argv.join(' ')}"; DATA_DIR names the data folder`,
    );
  const token = await resetOwner(process.env.DATA_DIR ?? 'data');
  console.log(
    `The owner's password, sessions and tokens are gone. Claim the board again with this token:\n\n  ${token}\n`,
  );
}
