import { pathToFileURL } from 'node:url';
import { type Client, createClient, type InStatement, type Transaction } from '@libsql/client';
import { PrismaLibSql } from '@prisma/adapter-libsql';

// The one place where a connection to a database is opened; connection.test.ts looks for others.

/**
 * What every connection must say of itself: an acknowledged write survives a power cut only with WAL and FULL. The journal of one
 * large write does not stay as large for ever.
 */
export const PRAGMAS = {
  ...{ journal_mode: 'wal', synchronous: 2, foreign_keys: 1, busy_timeout: 5000 },
  journal_size_limit: 32 * 1024 ** 2,
} as const;

const SETTINGS = `PRAGMA busy_timeout=${PRAGMAS.busy_timeout}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=${PRAGMAS.journal_size_limit};`;

/** A connection whose settings were read back before anything is trusted to it; throws, naming the one that does not hold. */
export async function connect(file: string): Promise<Client> {
  const client = createClient({ url: pathToFileURL(file).href, timeout: PRAGMAS.busy_timeout });
  try {
    await client.executeMultiple(SETTINGS);
    await assertPragmas(client);
  } catch (error) {
    client.close();
    throw error;
  }
  client.transaction = () => begin(client);
  return client;
}

export async function assertPragmas(client: Pick<Client, 'execute'>): Promise<void> {
  for (const [name, wanted] of Object.entries(PRAGMAS)) {
    const { rows } = await client.execute(`PRAGMA ${name}`);
    const found = String(rows[0]?.[0]);
    if (found !== String(wanted)) throw new Error(`the database's ${name} is ${found} where ${wanted} is needed`);
  }
}

/** For Prisma: each of its connections is one of ours, also one that it opens anew. */
export class Connections extends PrismaLibSql {
  readonly #file: string;
  #next: Client | null = null;

  constructor(file: string) {
    super({ url: `file:${file}` });
    this.#file = file;
  }

  override async connect(): ReturnType<PrismaLibSql['connect']> {
    this.#next = await connect(this.#file);
    return super.connect();
  }

  override createClient(): Client {
    const client = this.#next;
    this.#next = null;
    if (!client) throw new Error('a connection is asked for that nobody has looked at');
    return client;
  }
}

/**
 * The stock client hands its connection to each transaction and opens another for what follows: descriptors grow by one a
 * transaction, and the settings of a connection are lost. The adapter already lets one transaction in at a time, so one
 * connection serves.
 */
async function begin(client: Client): Promise<Transaction> {
  await client.execute('BEGIN IMMEDIATE');
  let closed = false;
  const end = async (sql: string) => {
    if (closed) return;
    closed = true;
    await client.execute(sql);
  };
  const transaction = {
    get closed() {
      return closed;
    },
    execute: (statement: InStatement) => client.execute(statement),
    async batch(statements: InStatement[]) {
      const results = [];
      for (const statement of statements) results.push(await client.execute(statement));
      return results;
    },
    executeMultiple: (sql: string) => client.executeMultiple(sql),
    commit: () => end('COMMIT'),
    rollback: () => end('ROLLBACK'),
    close: () => void end('ROLLBACK'),
  };
  return transaction as unknown as Transaction;
}
