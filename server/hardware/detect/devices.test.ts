import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { CORAL, fakeRoot, NCS2, RK3399, stick } from '../../test/fake-root.ts';
import { shippedBoards } from '../boards.ts';
import { chipOf, proxyRuns } from './chip.ts';
import { devicesOf } from './devices.ts';
import { libraryOf } from './libraries.ts';
import { sticksIn } from './usb.ts';

const NPU = { ...RK3399, 'usr/lib/librknn_api.so': 'not really' };
const kinds = (root: string) => devicesOf(root, {}).map(({ kind }) => kind.id);

test('a machine with nothing plugged in has no accelerator', (t) => {
  const root = fakeRoot(stick('1-1', '046d', 'c077', 1.5, 2));
  t.after(root.remove);
  assert.deepEqual(kinds(root.path), []);
  assert.deepEqual(kinds('/nowhere'), []);
});

test('sticks are found by their USB ids, the NPU by its chip, each with its library', (t) => {
  const root = fakeRoot({ ...NPU, ...CORAL, ...NCS2 });
  t.after(root.remove);
  const found = devicesOf(root.path, {}).map(({ kind, attached, stick }) => [
    kind.id,
    attached.library?.slice(root.path.length),
    attached.device,
    stick?.speedMbps,
  ]);
  assert.deepEqual(found, [
    ['ncs2', '/usr/lib/libmvnc.so.0', null, 480],
    ['coral', '/usr/lib/libedgetpu.so.1', '2-1', 5000],
    ['npu', '/usr/lib/librknn_api.so', null, undefined],
  ]);
});

test('a stick without its library, and a library without its stick, are no unit', (t) => {
  const root = fakeRoot({ ...CORAL, 'usr/lib/librknn_api.so': 'not really' });
  t.after(root.remove);
  root.drop('usr/lib/libedgetpu.so.1');
  assert.deepEqual(kinds(root.path), []);
});

test('the id that a stick has after its first use is the same stick', (t) => {
  const root = fakeRoot({ ...CORAL, ...NCS2 });
  t.after(root.remove);
  const before = sticksIn(root.path).map(({ kind, socket }) => [kind, socket]);
  root.put({ ...stick('2-1', '18d1', '9302', 5000, 4), ...stick('1-1.2', '03e7', 'f63b', 480, 8) });
  assert.deepEqual(
    sticksIn(root.path).map(({ kind, socket }) => [kind, socket]),
    before,
  );
  assert.equal(sticksIn(root.path)[1]?.node, '/dev/bus/usb/002/004');
});

test('a socket is the same on its controller’s USB 2 bus and on its USB 3 bus', (t) => {
  const root = fakeRoot();
  t.after(root.remove);
  for (const [bus, port] of [
    ['usb1', '1-1'],
    ['usb2', '2-1'],
  ] as const) {
    const real = `sys/devices/platform/xhci-hcd.0.auto/${bus}/${port}`;
    root.put({ [`${real}/idVendor`]: '03e7', [`${real}/idProduct`]: '2485' });
    const link = join(root.path, 'sys/bus/usb/devices', port);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root.path, real), link);
  }
  assert.deepEqual(
    sticksIn(root.path).map(({ socket }) => socket),
    ['xhci-hcd.0.auto-1', 'xhci-hcd.0.auto-1'],
  );
});

test('a library is looked for where the environment, the loader’s own list and Intel’s archive have it', (t) => {
  const root = fakeRoot({
    'etc/ld.so.conf.d/vendor.conf': '# of the vendor\n/opt/vendor/lib',
    'opt/vendor/lib/libmvnc.so': 'not really',
  });
  t.after(root.remove);
  const kind = { libraries: ['libopenvino_c.so', 'libmvnc.so'], environment: ['SWITCHYARD_MVNC'] };
  assert.equal(libraryOf(kind, root.path, {}), join(root.path, 'opt/vendor/lib/libmvnc.so'));
  assert.equal(libraryOf(kind, root.path, { SWITCHYARD_MVNC: '/my/own.so' }), '/my/own.so');
  root.put({ 'opt/intel/openvino_2022.3.1/runtime/lib/aarch64/libopenvino_c.so': 'not really' });
  assert.match(libraryOf(kind, root.path, {}) ?? '', /aarch64\/libopenvino_c\.so$/);
  assert.equal(libraryOf({ ...kind, libraries: ['librknn_api.so'] }, root.path, {}), null);
});

test('the chip and the NPU’s proxy are read from the device tree and the processes', (t) => {
  const root = fakeRoot(RK3399);
  t.after(root.remove);
  assert.equal(chipOf(root.path).model, 'ASUS Tinker Edge R');
  assert.equal(proxyRuns(root.path), false);
  root.put({ 'proc/417/comm': 'npu_transfer_pr' });
  assert.equal(proxyRuns(root.path), true);
});

test('this machine’s board has a unit for each, in their own precision; the NCS2 holds one model', (t) => {
  const root = fakeRoot({ ...NPU, ...CORAL, ...NCS2 });
  t.after(root.remove);
  const devices = devicesOf(root.path, {}).map((device) => ({
    ...device,
    away: device.kind.id === 'coral' ? 'it was unplugged' : null,
  }));
  const [machine] = shippedBoards({ models: [], devices });
  assert.deepEqual(
    machine?.units.slice(1).map((u) => [u.id, u.driver, u.precision, u.modelSlots, u.source, u.away]),
    [
      ['machine.ncs2', 'ncs2', 'fp16', 1, 'hardware', undefined],
      ['machine.coral', 'edgetpu', 'int8', null, 'hardware', 'it was unplugged'],
      ['machine.npu', 'rknn', 'int8', null, 'hardware', undefined],
    ],
  );
});
