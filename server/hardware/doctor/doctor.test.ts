import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DOCTOR_WORDS } from '../../../app/units/doctor-words.ts';
import { CORAL, type FakeRoot, fakeRoot, NCS2, RK3399, stick, TOO_HOT } from '../../test/fake-root.ts';
import { type Facts, gatherFacts } from './facts.ts';
import { findingsOf, isBroken, isOlder } from './findings.ts';
import { type Finding, SENTENCES, sentenceOf } from './sentences.ts';

const about = (findings: readonly Finding[], device: string) =>
  findings
    .filter(({ args }) => 'device' in args && args.device === device)
    .map(({ level, code }) => `${level} ${code}`);
const of = (findings: readonly Finding[], code: Finding['code']) => findings.find((each) => each.code === code);
const examined = async (root: FakeRoot) => findingsOf(await gatherFacts(root.path, {}));
const CORAL_NODE = { 'dev/bus/usb/002/003': '' };

/** A library of ours, with what it does when it is loaded. */
function compile(root: FakeRoot, name: string, onLoad: string): void {
  const source = join(root.path, 'library.c');
  writeFileSync(source, `#include <stdlib.h>\n__attribute__((constructor)) static void begin(void) { ${onLoad} }\n`);
  execFileSync('cc', ['-shared', '-fPIC', '-o', join(root.path, name), source]);
}

test('a machine with nothing plugged in is well: what is not there is only mentioned', async () => {
  const findings = await examined({ path: '/nowhere' } as FakeRoot);
  assert.equal(isBroken(findings), false);
  assert.deepEqual(about(findings, 'Google Coral USB'), ['note stick-none', 'note library-none']);
  assert.deepEqual(about(findings, 'Rockchip NPU'), []);
  assert.equal(of(findings, 'sensors-none')?.level, 'note');
});

test('a stick whose library is there and may be opened is well', async (t) => {
  const root = fakeRoot({ ...CORAL, ...CORAL_NODE });
  t.after(root.remove);
  compile(root, 'usr/lib/libedgetpu.so.1', '');
  const findings = await examined(root);
  assert.deepEqual(about(findings, 'Google Coral USB'), ['good stick', 'good library']);
  assert.equal(isBroken(findings), false);
});

test('a second stick of a kind is not used, and that is said', async (t) => {
  const root = fakeRoot({ ...CORAL, ...stick('1-1.3', '1a6e', '089a', 480, 9) });
  t.after(root.remove);
  const further = of(await examined(root), 'stick-further');
  assert.equal(further?.level, 'note');
  assert.match(sentenceOf(further), /^another Google Coral USB is plugged in at (1-1\.3|2-1), and is not used/);
});

test('a stick without its library is broken, and so is one whose library the loader refuses, in its own words', async (t) => {
  const root = fakeRoot({ ...CORAL, ...CORAL_NODE });
  t.after(root.remove);
  const refused = await examined(root);
  assert.equal(isBroken(refused), true);
  const finding = of(refused, 'library-refused');
  assert.match(finding ? sentenceOf(finding) : '', /libedgetpu\.so\.1.*(file too short|invalid ELF header)/);
  root.drop('usr/lib/libedgetpu.so.1');
  assert.deepEqual(about(await examined(root), 'Google Coral USB'), ['good stick', 'broken library-none']);
});

test('a library that ends the process which loads it ends only that one', async (t) => {
  const root = fakeRoot({ ...CORAL, ...CORAL_NODE });
  t.after(root.remove);
  compile(root, 'usr/lib/libedgetpu.so.1', 'abort();');
  const finding = of(await examined(root), 'library-refused');
  assert.match(finding ? sentenceOf(finding) : '', /it ends the process that loads it \(SIGABRT\)/);
});

test('a stick at a USB 2 port could be faster, and one that is hidden from a container is broken', async (t) => {
  const root = fakeRoot(NCS2);
  t.after(root.remove);
  const findings = await examined(root);
  assert.deepEqual(about(findings, 'Intel NCS2').slice(0, 3), ['good stick', 'warn stick-slow', 'broken stick-hidden']);
});

test('a stick that this user may not open is broken, with the rule that lets them', async (t) => {
  const root = fakeRoot({ ...CORAL, ...CORAL_NODE });
  t.after(root.remove);
  const facts = await gatherFacts(root.path, {});
  const denied: Facts = {
    ...facts,
    devices: facts.devices.map((device) => ({
      ...device,
      stick: device.stick && { ...device.stick, access: 'denied' as const },
    })),
  };
  const finding = of(findingsOf(denied), 'stick-denied');
  assert.equal(finding?.level, 'broken');
  const said = finding ? sentenceOf(finding) : '';
  for (const id of [
    'ATTR{idVendor}=="1a6e", ATTR{idProduct}=="089a"',
    'ATTR{idVendor}=="18d1", ATTR{idProduct}=="9302"',
  ])
    assert.ok(said.includes(id), said);
  if (process.getuid?.() === 0) return; // nothing is denied to root
  chmodSync(join(root.path, 'dev/bus/usb/002/003'), 0);
  assert.equal((await gatherFacts(root.path, {})).devices[1]?.stick?.access, 'denied');
});

test('the NPU needs its proxy once its library is there', async (t) => {
  const root = fakeRoot(RK3399);
  t.after(root.remove);
  const without = await examined(root);
  assert.deepEqual(about(without, 'Rockchip NPU'), ['warn library-none']);
  assert.equal(of(without, 'proxy-none')?.level, 'warn');
  compile(root, 'proc/librknn_api.so', '');
  root.put({ 'etc/ld.so.conf.d/npu.conf': '/proc' });
  assert.equal(of(await examined(root), 'proxy-none')?.level, 'broken');
  root.put({ 'proc/417/comm': 'npu_transfer_pr' });
  assert.equal(isBroken(await examined(root)), false);
});

test('a governor that follows the load, and heat, could be better', async (t) => {
  const root = fakeRoot({
    ...RK3399,
    ...TOO_HOT,
    'sys/devices/system/cpu/cpufreq/policy4/scaling_governor': 'ondemand',
  });
  t.after(root.remove);
  const findings = await examined(root);
  assert.equal(of(findings, 'governor-slow')?.level, 'warn');
  assert.match(sentenceOf(of(findings, 'throttled')!), /the clock at 67 %: soc-thermal 86\.2 °C/);
  assert.equal(of(findings, 'governor'), undefined);
});

test('an old Node or C library is broken, with what is needed', async () => {
  const facts = await gatherFacts('/nowhere', {});
  const findings = findingsOf({ ...facts, node: '18.20.4', glibc: '2.24' });
  assert.deepEqual([of(findings, 'node-old')?.level, of(findings, 'glibc-old')?.level], ['broken', 'broken']);
  assert.equal(of(findingsOf({ ...facts, glibc: null }), 'glibc-none')?.level, 'warn');
  assert.deepEqual(
    [isOlder('2.9', '2.28'), isOlder('2.28', '2.28'), isOlder('3.0', '2.28'), isOlder('20.20.2', '20.19')],
    [true, false, false, false],
  );
});

test('both languages say every finding', () => {
  for (const { sentences } of Object.values(DOCTOR_WORDS))
    assert.deepEqual(Object.keys(sentences).sort(), Object.keys(SENTENCES).sort());
  const finding: Finding = { level: 'note', code: 'stick-none', args: { device: 'Intel NCS2', ids: '03e7:2485' } };
  assert.notEqual(sentenceOf(finding, DOCTOR_WORDS.ko.sentences), sentenceOf(finding, DOCTOR_WORDS.en.sentences));
});
