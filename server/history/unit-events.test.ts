import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { UnitEvent } from '../application/unit-log.ts';
import type { History } from './open.ts';
import { scratch } from './scratch.ts';
import { MOST_EVENTS } from './unit-events.ts';

const place = scratch();
let history: History;
before(async () => {
  history = await place.open();
});
after(async () => {
  await history.close();
  place.remove();
});

const happened = (unit: string, text: string, part: Partial<UnitEvent> = {}): UnitEvent => ({
  ...{ unit, text, at: '2026-11-28T09:00:00.000Z', kind: 'lost', who: null, run: null },
  ...part,
});
const texts = (events: readonly { readonly text: string }[]) => events.map(({ text }) => text);

test('what happened is kept across restarts, newest first, page by page', async () => {
  for (let i = 1; i <= 5; i++) await history.unitEvents.add(happened('b.one', `loss ${i}`, { run: i }));
  await history.unitEvents.add(happened('b.two', 'too hot', { kind: 'excluded', who: 'ada' }));
  await history.close();
  history = await place.open();
  const first = await history.unitEvents.page({ unit: 'b.one', limit: 3 });
  assert.deepEqual([texts(first.items), first.total], [['loss 5', 'loss 4', 'loss 3'], 5]);
  const rest = await history.unitEvents.page({ unit: 'b.one', limit: 3, before: first.next ?? 0 });
  assert.deepEqual([texts(rest.items), rest.next], [['loss 2', 'loss 1'], null]);
  const { id: _, ...told } = (await history.unitEvents.page({ unit: 'b.two', limit: 1 })).items[0] ?? { id: 0 };
  assert.deepEqual(told, happened('b.two', 'too hot', { kind: 'excluded', who: 'ada' }));
  assert.deepEqual(texts(await history.unitEvents.newest()).sort(), ['loss 5', 'too hot']);
});

test('a number is not given again after a restart', async () => {
  const next = await history.unitEvents.add(happened('b.one', 'loss 6'));
  const before = await history.unitEvents.page({ unit: 'b.one', limit: 2 });
  assert.deepEqual(texts(before.items), ['loss 6', 'loss 5']);
  assert.ok(next.id > (before.items[1]?.id ?? 0));
});

test('a unit that is lost all day long does not fill the disk', async () => {
  await Promise.all(
    Array.from({ length: MOST_EVENTS + 20 }, (_, i) => history.unitEvents.add(happened('b.bad', `loss ${i}`))),
  );
  const page = await history.unitEvents.page({ unit: 'b.bad', limit: 1 });
  assert.deepEqual([page.total, texts(page.items)], [MOST_EVENTS, [`loss ${MOST_EVENTS + 19}`]]);
  assert.equal((await history.unitEvents.page({ unit: 'b.one', limit: 1 })).total, 6);
});

test('an exclusion is kept with its reason until it is taken back', async () => {
  const why = { reason: 'USB 2.0', who: 'ada', at: '2026-11-28T09:00:00.000Z' };
  await history.exclusions.put('b.one', { ...why, reason: 'first' });
  await history.exclusions.put('b.one', why);
  assert.deepEqual([...(await history.exclusions.list())], [['b.one', why]]);
  await history.exclusions.remove('b.one');
  assert.equal((await history.exclusions.list()).size, 0);
});

test('what is known of a board’s units goes with the board', async () => {
  await history.exclusions.put('b.two', { reason: '', who: 'ada', at: '2026-11-28T09:00:00.000Z' });
  await history.shelf.removeBoard('b');
  assert.deepEqual(await history.unitEvents.newest(), []);
  assert.equal((await history.exclusions.list()).size, 0);
});
