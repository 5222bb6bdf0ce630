/** What is kept cannot be used as it is. The message is for the person who started the server, and says what to do. */
export class UnusableDatabase extends Error {
  override readonly name = 'UnusableDatabase';
}

/** What SQLite says of a file that is none of its own, or no more. */
export const isDamage = (error: unknown): boolean => /SQLITE_(NOTADB|CORRUPT)/.test(String((error as Error)?.message));
