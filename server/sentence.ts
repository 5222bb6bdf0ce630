const LONGEST = 600;

/** What is said to a person is one line that they can read; what it names came from a stranger, and may be long or have lines of its own. */
export function sentence(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
