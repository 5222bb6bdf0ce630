/** What is kept cannot be used as it is. The message is for the person who started the server, and says what to do. */
export class UnusableDatabase extends Error {
  override readonly name = 'UnusableDatabase';
}
