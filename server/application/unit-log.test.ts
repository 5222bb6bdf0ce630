import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UnitId } from '../hardware/unit.ts';
import type { Change, Live } from './live.ts';
import type { UnitLive } from './messages.ts';
import { createUnitLog, type UnitEvent } from './unit-log.ts';

const unit = (part: Partial<UnitLive> = {}): UnitLive => ({
  ...{ id: 'b.u' as UnitId, status: 'ready', pid: 7, reason: null, model: null, resident: [], crashes: 0, faults: [] },
  ...{ jobs: 0, failed: 0, switches: 0, drift: null },
  ...part,
});

/** A board of one unit, as the log sees it. */
function watched() {
  let hear: (change: Change) => void = () => {};
  let now: UnitLive = unit({ status: 'asleep', pid: null });
  let trouble: string | null = null;
  let run: number | null = null;
  const kept: UnitEvent[] = [];
  const log = createUnitLog({
    conductor: {
      live: () => ({ units: [now], run: run === null ? null : { run } }) as unknown as Live,
      on: (listener) => {
        hear = listener;
        return () => {};
      },
      trouble: () => trouble,
    },
    keep: async (event) => ({ ...event, id: kept.push(event) }),
    told: () => {},
    say: () => {},
  });
  return {
    log,
    kept,
    becomes(part: Partial<UnitLive>, engine: string | null = null, inRun: number | null = null) {
      now = unit(part);
      trouble = engine;
      run = inRun;
      hear({ type: 'live' });
    },
    said: () => kept.splice(0).map(({ kind, text }) => (text ? `${kind}: ${text}` : kind)),
  };
}

test('a loss is told with its reason and its run, and that the unit is back once', () => {
  const { becomes, said, kept } = watched();
  becomes({});
  becomes({ status: 'running', model: 'm' });
  assert.deepEqual(said(), [], 'work is no event');
  becomes({ status: 'absent', pid: null, crashes: 1, reason: 'it was ended by SIGSEGV' }, null, 12);
  assert.equal(kept[0]?.run, 12);
  becomes({ status: 'starting', pid: 8, crashes: 1 });
  becomes({ status: 'ready', pid: 8, crashes: 1 });
  becomes({ status: 'running', pid: 8, crashes: 1 });
  assert.deepEqual(said(), ['lost: it was ended by SIGSEGV', 'back']);
});

test('a loss and a return between two looks are both told', () => {
  const { becomes, said } = watched();
  becomes({});
  becomes({ pid: 9, crashes: 1 });
  assert.deepEqual(said(), ['lost', 'back']);
});

test('the third loss is also the quarantine, and an unplugged unit left', () => {
  const { becomes, said } = watched();
  becomes({ crashes: 2 });
  said();
  becomes({ status: 'quarantined', pid: null, crashes: 3, reason: 'it hung' });
  assert.deepEqual(said(), ['lost: it hung', 'quarantined: it hung']);
  becomes({ crashes: 3 });
  becomes({ status: 'absent', pid: null, crashes: 3, reason: 'it was unplugged' });
  becomes({ crashes: 3 });
  assert.deepEqual(said(), ['back', 'left: it was unplugged', 'back']);
});

test('each lasting change of speed is told once', () => {
  const { becomes, said } = watched();
  becomes({});
  becomes({ drift: 2 });
  becomes({ drift: 2, jobs: 5 });
  becomes({ drift: null });
  assert.deepEqual(said(), ['drift: 2']);
});

test('the end of the engine is the loss of its units; one that falls asleep is not lost', () => {
  const { becomes, said } = watched();
  becomes({});
  becomes({ status: 'asleep', pid: null });
  becomes({});
  assert.deepEqual(said(), []);
  becomes({ status: 'asleep', pid: null }, 'the engine is being started again');
  becomes({ pid: 11 });
  assert.deepEqual(said(), ['lost: the engine is being started again', 'back']);
});

test('a process is up since it was first seen, and a new one since then', async () => {
  const { becomes, log } = watched();
  assert.equal(log.upSince('b.u'), null);
  becomes({});
  const since = log.upSince('b.u');
  assert.ok(since);
  await new Promise((later) => setTimeout(later, 3));
  becomes({ jobs: 1 });
  assert.equal(log.upSince('b.u'), since);
  becomes({ pid: 8 });
  assert.ok((log.upSince('b.u') ?? '') > since);
  becomes({ pid: null, status: 'asleep' });
  assert.equal(log.upSince('b.u'), null);
});

test('what a person did is told with their name', async () => {
  const { kept, log } = watched();
  await log.note('b.u', 'excluded', 'ada', 'too hot');
  assert.deepEqual([kept[0]?.kind, kept[0]?.who, kept[0]?.text], ['excluded', 'ada', 'too hot']);
});
