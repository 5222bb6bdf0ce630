import type { Attachment } from '../board.ts';

/** What this process was told to use; see process.ts. */
export function attachedFrom(argv: readonly string[] = process.argv): Attachment {
  const told = argv[2];
  return told === undefined ? { library: null, device: null } : (JSON.parse(told) as Attachment);
}
