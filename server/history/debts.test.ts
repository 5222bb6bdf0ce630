import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRecorder, type Statement } from './record.ts';
import type { Database } from './sqlite.ts';

/** A database that refuses while it is told to, and otherwise notes what it was given. */
function moody() {
  const kept: string[] = [];
  const mood: { refuses: (name: string) => Error | null; asked: number } = { refuses: () => null, asked: 0 };
  const db = {
    $executeRawUnsafe: () => 'probe',
    $transaction: async (names: string[]) => {
      mood.asked++;
      const error = names.map((name) => mood.refuses(name)).find((each) => each !== null);
      if (error) throw error;
      kept.push(...names);
    },
  } as unknown as Database;
  return { db, kept, mood };
}
const named =
  (name: string): Statement =>
  () =>
    name as never;
const FULL = new Error('SQLITE_FULL: database or disk is full');

async function until(holds: () => boolean): Promise<void> {
  for (let looks = 0; looks < 500 && !holds(); looks++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(holds());
}

test('what must be kept is owed while the disk is full, and kept in order when it is not', async () => {
  const { db, kept, mood } = moody();
  const record = createRecorder(db, { askAgainMs: 10 });
  mood.refuses = () => FULL;
  await record.insist(named('begun'));
  await Promise.all([record.insist(named('ended')), record.insist(named('over'))]);
  await assert.rejects(record.write(named('asked by a person')), /SQLITE_FULL/);
  assert.notEqual(record.trouble, null);
  assert.deepEqual(kept, []);
  mood.refuses = () => null;
  await until(() => kept.length === 3 && record.trouble === null);
  assert.deepEqual(kept, ['begun', 'ended', 'over']);
  record.end();
});

test('after any refusal the database is asked until it writes again, and then left alone', async () => {
  const { db, kept, mood } = moody();
  const record = createRecorder(db, { askAgainMs: 10 });
  mood.refuses = () => FULL;
  await assert.rejects(record.write(named('a')));
  await until(() => mood.asked > 3);
  mood.refuses = () => null;
  await until(() => record.trouble === null);
  await record.settled();
  const { asked } = mood;
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.deepEqual([kept, mood.asked], [['probe'], asked]);
  record.end();
});

test('what its own rows contradict is refused at once, and holds up nothing that is owed', async () => {
  const { db, kept, mood } = moody();
  const record = createRecorder(db, { askAgainMs: 10 });
  const gone = Object.assign(new Error('no such row'), { code: 'P2025' });
  mood.refuses = (name) => (name === 'gone' ? gone : null);
  await assert.rejects(record.insist(named('gone')), /no such row/);
  mood.refuses = () => FULL;
  await record.insist(named('one'));
  await record.insist(named('gone'));
  await record.insist(named('two'));
  mood.refuses = (name) => (name === 'gone' ? gone : null);
  await until(() => kept.includes('two'));
  assert.deepEqual(kept, ['one', 'two']);
  record.end();
});

test('at the end nothing is asked any more', async () => {
  const { db, mood } = moody();
  const record = createRecorder(db, { askAgainMs: 10 });
  mood.refuses = () => FULL;
  await record.insist(named('owed'));
  record.end();
  await record.settled();
  const { asked } = mood;
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.equal(mood.asked, asked);
});

test('when the disk is full, what is set aside is given up once, and the same write is tried again', async () => {
  const { db, kept, mood } = moody();
  let reserves = 1;
  const record = createRecorder(db, { askAgainMs: 10, makeRoom: () => reserves-- > 0 });
  mood.refuses = () => (reserves > 0 ? FULL : null);
  await Promise.all([record.write(named('a')), record.write(named('b'))]);
  assert.deepEqual([kept, record.trouble], [['a', 'b'], null]);
  mood.refuses = () => FULL;
  await assert.rejects(record.write(named('c')), /SQLITE_FULL/);
  record.end();
});
