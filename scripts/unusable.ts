import { sentence } from '../server/sentence.ts';

/** Arguments or files that cannot be used: one sentence that names the option, and exit code 2. */
export class Unusable extends Error {
  /** Commands are built as separate files, each with its own copy of this class: the name is what they share. */
  override readonly name = 'Unusable';

  constructor(said: string) {
    super(sentence(said));
  }
}
