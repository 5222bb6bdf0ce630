import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as application from '../../server/application/experiment.ts';
import type { Status } from '../../server/panel/wire.ts';
import { isOver } from './over.ts';

test('the panel and the application agree on when something is over', () => {
  const all: Status[] = ['queued', 'running', 'done', 'stopped', 'failed', 'interrupted'];
  assert.deepEqual(all.map(isOver), all.map(application.isOver));
  assert.deepEqual(
    all.filter((status) => !isOver(status)),
    ['queued', 'running'],
  );
});
