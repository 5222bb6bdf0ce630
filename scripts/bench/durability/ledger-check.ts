import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../../server/history/connection.ts';
import type { ExperimentView, Page } from '../../../server/panel/wire.ts';
import { linesOf, type Person, posterRequest } from '../../../server/test/product.ts';

/** What a server said that it has, to be looked for after it was killed, stopped or filled. */
export interface Book {
  /** Asks for an experiment under a name of its own; it counts as acknowledged only when the answer came. */
  launch(person: Person): Promise<ExperimentView | null>;
  /** Reads the rows that can be read of the newest experiments: those must not go. */
  readRows(person: Person): Promise<void>;
  /** Looks for everything. */
  check(person: Person): Promise<void>;
  readonly tally: {
    acknowledged: number;
    rowsRead: number;
    lost: number;
    duplicates: number;
  };
}

/** Which experiments' rows are read again. */
const NEWEST = 6;

export function openBook(): Book {
  const tally = { acknowledged: 0, rowsRead: 0, lost: 0, duplicates: 0 };
  const experiments = new Map<number, string>();
  const runs = new Map<number, number>();
  let asked = 0;
  return {
    tally,
    async launch(person) {
      const name = `ask ${asked++}`;
      const view = await person
        .post<ExperimentView>('/experiments', posterRequest(3, { name, switchMs: 0 }))
        .catch(() => null); // killed meanwhile, or the queue is full
      if (!view) return null;
      experiments.set(view.id, name);
      for (const { id } of view.runs) runs.set(id, 0);
      tally.acknowledged++;
      return view;
    },
    async readRows(person) {
      for (const run of [...runs.keys()].slice(-NEWEST)) {
        const lines = await linesOf(person, run).catch(() => []);
        const more = lines.length - (runs.get(run) ?? 0);
        if (more > 0) tally.rowsRead += more;
        runs.set(run, Math.max(lines.length, runs.get(run) ?? 0));
      }
    },
    async check(person) {
      const names = await allNames(person);
      tally.duplicates += names.size === 0 ? 0 : [...names.values()].length - new Set(names.values()).size;
      for (const [id, name] of experiments) if (names.get(id) !== name) tally.lost++;
      for (const [run, rows] of [...runs].slice(-NEWEST)) {
        const lines = await linesOf(person, run);
        tally.lost += Math.max(0, rows - lines.length);
        tally.duplicates += lines.length - new Set(lines.map(({ seq }) => seq)).size;
      }
    },
  };
}

async function allNames(person: Person): Promise<Map<number, string>> {
  const names = new Map<number, string>();
  let cursor: string | null = null;
  do {
    const page: Page<ExperimentView> = await person.get(
      `/experiments?limit=100${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    for (const { id, name } of page.items) names.set(id, name);
    cursor = page.next;
  } while (cursor !== null);
  return names;
}

/** Of a database whose server is gone, looked at in a copy: the next server finds it as it was left. */
export async function isWhole(file: string): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-check-'));
  const copy = join(folder, 'switchyard.db');
  try {
    for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end);
    const client = await connect(copy);
    const { rows } = await client.execute('PRAGMA integrity_check');
    const orphans = await client.execute('PRAGMA foreign_key_check');
    client.close();
    return rows[0]?.[0] === 'ok' && orphans.rows.length === 0;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
