import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { BoardState } from '../panel/wire.ts';
import { CORAL, fakeRoot, RK3399 } from './fake-root.ts';
import { claim, startProduct, temporaryFolder, until } from './product.ts';
import { standIn } from './stand-in.ts';

// From what is plugged in to a unit with its driver: a board whose kernel files and libraries are the test's.

const npu = standIn('rknn_api');
const coral = standIn('edgetpu');

test('what is plugged in is a unit with its own driver, until it is pulled out; a stand-in is never taken for it', {
  skip: npu.skip || coral.skip,
}, async () => {
  const root = fakeRoot({ ...RK3399, ...CORAL, 'proc/417/comm': 'npu_transfer_pr' });
  for (const [library, name] of [
    [npu.path, 'usr/lib/librknn_api.so'],
    [coral.path, 'usr/lib/libedgetpu.so.1'],
  ] as const) {
    mkdirSync(dirname(join(root.path, name)), { recursive: true });
    copyFileSync(library, join(root.path, name));
  }
  const data = temporaryFolder();
  const command = ['env', `SWITCHYARD_ROOT=${root.path}`, process.execPath, 'dist/server.js', '--ready-json'];
  const product = await startProduct(data.path, command);
  try {
    const owner = await claim(product);
    const found = async () => {
      const { boards } = await owner.get<BoardState>('/board');
      return boards.find(({ id }) => id === 'machine')?.units.slice(1) ?? [];
    };
    const units = await until(async () => {
      const now = await found();
      return now.every(({ live }) => live.status === 'quarantined') ? now : undefined;
    }, 'both to be refused');
    assert.deepEqual(
      units.map(({ id, driver, precision, source }) => [id, driver, precision, source]),
      [
        ['machine.coral', 'edgetpu', 'int8', 'hardware'],
        ['machine.npu', 'rknn', 'int8', 'hardware'],
      ],
    );
    for (const { live } of units) assert.match(live.reason ?? '', /stand-in, not the vendor’s library/);
    root.drop('sys/bus/usb/devices/2-1');
    await until(async () => {
      const [stick] = await found();
      return stick?.live.status === 'absent' && stick.live.reason === 'it was unplugged' ? true : undefined;
    }, 'the stick to be gone');
  } finally {
    await product.stop();
    root.remove();
    data.remove();
  }
});
