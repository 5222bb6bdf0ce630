import { type Product, root } from '../product.ts';

/** What an answer tells of the server's inside: a path, a stack, its process; null: nothing. */
export function leakIn(text: string, { ready }: Product, dataDir: string): string | null {
  const inside = [
    [/node:internal|node_modules|dist\/\w+\.js|\\n\s+at |SQLITE_|Prisma|LibsqlError/i, 'the inside'],
    [new RegExp(`\\bpid\\W+${ready.pid}\\b`), 'a process'],
  ] as const;
  const found = inside.find(([pattern]) => pattern.test(text));
  if (found) return `tells ${found[1]}: ${text.slice(0, 400)}`;
  return [root, dataDir].some((path) => text.includes(path)) ? `tells a path: ${text.slice(0, 400)}` : null;
}
