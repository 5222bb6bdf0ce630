import type { Result } from '../brand.ts';
import type { RunsChanged } from '../panel/wire.ts';
import type { Recorder, Statement } from './record.ts';
import type { Database } from './sqlite.ts';

/** What people change about runs after they ran. Runs that are not there any more are named, and hold up nothing. */
export interface RunEdits {
  /** Sets what is given, for one run; false when there is no such run. */
  mark(run: number, marks: { readonly tags?: readonly string[]; readonly note?: string }): Promise<boolean>;
  /** `changed`: those that did not have, or had, the tag before. */
  tag(runs: readonly number[], tags: Partial<Record<'add' | 'remove', readonly string[]>>): Promise<RunsChanged>;
  archive(runs: readonly number[], archived: boolean): Promise<RunsChanged>;
  /** For good, with all their rows; refused as a whole while one of them runs or waits. */
  remove(runs: readonly number[], by: string): Promise<Result<RunsChanged>>;
}

export function createRunEdits(db: Database, record: Recorder): RunEdits {
  return {
    async mark(run, { tags, note }) {
      if ((await there(db, [run])).length === 0) return false;
      await record.write(...(tags ? retag(run, tags) : []), ...(note === undefined ? [] : [annotate(run, note)]));
      return true;
    },
    async tag(runs, { add = [], remove = [] }) {
      const known = await there(db, runs);
      const had = new Set(await tagged(db, known));
      const changed = known.filter(
        (run) => add.some((tag) => !had.has(`${run} ${tag}`)) || remove.some((tag) => had.has(`${run} ${tag}`)),
      );
      await record.write(
        ...add.map((tag) => addTag(changed, tag)),
        ...remove.map(
          (tag): Statement =>
            (db) =>
              db.runTag.deleteMany({ where: { tag, runId: { in: changed } } }),
        ),
      );
      return { changed, missing: missingOf(runs, known) };
    },
    async archive(runs, archived) {
      const known = await there(db, runs);
      const where = { id: { in: known }, archivedAt: archived ? null : { not: null } };
      const changed = (await db.run.findMany({ where, select: { id: true } })).map(({ id }) => id);
      const data = { archivedAt: archived ? new Date() : null };
      await record.write((db) => db.run.updateMany({ where: { id: { in: changed } }, data }));
      return { changed, missing: missingOf(runs, known) };
    },
    async remove(runs, by) {
      const known = await there(db, runs);
      const open = { id: { in: known }, status: { in: ['queued', 'running'] } };
      const busy = await db.run.findFirst({ where: open, select: { id: true } });
      if (busy) return { ok: false, error: `run ${busy.id} is not over; stop its experiment first` };
      await record.write(bury(known, by), (db) => db.run.deleteMany({ where: { id: { in: known } } }));
      return { ok: true, value: { changed: known, missing: missingOf(runs, known) } };
    },
  };
}

async function there(db: Database, runs: readonly number[]): Promise<number[]> {
  const rows = await db.run.findMany({ where: { id: { in: [...new Set(runs)] } }, select: { id: true } });
  return rows.map(({ id }) => id);
}

const missingOf = (runs: readonly number[], known: readonly number[]): number[] => {
  const found = new Set(known);
  return [...new Set(runs)].filter((run) => !found.has(run));
};

const tagged = async (db: Database, runs: readonly number[]): Promise<string[]> =>
  (await db.runTag.findMany({ where: { runId: { in: [...runs] } } })).map(({ runId, tag }) => `${runId} ${tag}`);

/** One statement for any number of runs. */
const addTag =
  (runs: readonly number[], tag: string): Statement =>
  (db) =>
    db.$executeRawUnsafe(
      'INSERT OR IGNORE INTO RunTag (tag, runId) SELECT ?, value FROM json_each(?)',
      tag,
      JSON.stringify(runs),
    );

const retag = (run: number, tags: readonly string[]): Statement[] => [
  (db) => db.runTag.deleteMany({ where: { runId: run } }),
  ...tags.map((tag) => addTag([run], tag)),
];

const annotate =
  (runId: number, text: string): Statement =>
  (db) =>
    text === ''
      ? db.runRemark.deleteMany({ where: { runId } })
      : db.runRemark.upsert({ where: { runId }, create: { runId, text }, update: { text } });

const BURIED =
  'id, experimentId, name, policy, repeat, status, source, createdAt, startedAt, jobs, done, throughput, makespanMs, p99Ms';

const bury =
  (runs: readonly number[], by: string): Statement =>
  (db) =>
    db.$executeRawUnsafe(
      `INSERT OR REPLACE INTO DeletedRun (${BURIED}, spec, deletedAt, deletedBy)
       SELECT ${BURIED.split(', ').map((column) => `Run.${column}`)}, Experiment.spec, ?, ?
       FROM Run JOIN Experiment ON Experiment.id = Run.experimentId WHERE Run.id IN (SELECT value FROM json_each(?))`,
      new Date(),
      by,
      JSON.stringify(runs),
    );
