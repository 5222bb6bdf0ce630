import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { DoctorReport } from '../panel/wire.ts';
import { CORAL, fakeRoot, RK3399 } from './fake-root.ts';
import { openStage } from './stage.ts';

// A person wonders why the stick that they plugged in is no unit.

const machine = fakeRoot({ ...RK3399, ...CORAL });
machine.drop('usr/lib/libedgetpu.so.1');
process.env.SWITCHYARD_ROOT = machine.path;

const stage = await openStage();
after(async () => {
  await stage.close();
  machine.remove();
});
const { owner } = stage;

test('the units’ page says what is missing, in either language, once it is asked', async () => {
  for (const [locale, sentence] of [
    ['en-GB', 'No library for Google Coral USB was found'],
    ['ko-KR', 'Google Coral USB 라이브러리를 찾지 못했습니다'],
  ] as const) {
    const { page, problems, context } = await stage.open({ locale });
    await page.goto(`${stage.url}/units`);
    await page.getByTestId('doctor').click();
    const broken = page.getByTestId('findings').locator('[data-level=broken]').filter({ hasText: sentence });
    await broken.waitFor();
    assert.deepEqual(problems, []);
    await context.close();
  }
});

test('programs are told the same, and only who may operate the board', async () => {
  const report = await owner.get<DoctorReport>('/doctor');
  assert.equal(report.well, false);
  assert.ok(report.findings.some(({ code, level }) => code === 'library-none' && level === 'broken'));
  assert.equal((await fetch(`${stage.url}/api/v1/doctor`)).status, 401);
});
