import { hostname } from 'node:os';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { RunPlan } from '../application/messages.ts';
import { simulate } from '../application/simulate.ts';
import { encodeTrace } from '../application/trace.ts';
import { shippedBoards } from '../hardware/boards.ts';
import { experimentNamed } from '../history/scratch.ts';
import { type ScratchPanel, scratchPanel } from '../panel/scratch.ts';
import { openBrowser, openPageAs } from './browser.ts';
import { POSTER_MODELS, posterBoard, posterSimulation } from './drawing.ts';
import { compare, greyOf } from './pictures.ts';
import { root } from './product.ts';

// The key pages as they are drawn, of a board whose every figure is given.
//   KEEP_PICTURES=1 npx tsx --test server/test/page-pictures.e2e.ts     keeps what is drawn now

const NOW = new Date('2026-11-28T12:00:00Z');
const PAGES = {
  board: '/',
  new: '/experiments/new?preset=poster',
  run: '/runs/1',
  runs: '/runs',
  compare: '/compare?r=1,2',
  models: '/models',
  units: '/units',
  infer: '/infer',
  settings: '/settings',
};
const LOOKS = {
  wide: { wide: 250, viewport: { width: 1440, height: 900 }, colorScheme: 'dark', locale: 'en-GB' },
  phone: { wide: 130, viewport: { width: 390, height: 844 }, colorScheme: 'light', locale: 'ko-KR' },
} as const;

let browser: Browser;
let panel: ScratchPanel;
before(async () => {
  browser = await openBrowser();
  panel = await scratchPanel(root);
  await fill(panel);
});
after(async () => {
  await browser?.close();
  await panel?.close();
});

for (const [look, { wide, ...options }] of Object.entries(LOOKS))
  test(`every key page looks as it did, ${look}`, async () => {
    const cookie = `switchyard_session=${await panel.sessionOf('operator')}`;
    const context = { ...options, timezoneId: 'UTC', reducedMotion: 'reduce' } as const;
    const { page, context: opened } = await openPageAs(browser, panel.url, cookie, context);
    await page.clock.setFixedTime(NOW);
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(panel.url + path, { waitUntil: 'networkidle' });
      await settled(page);
      await compare(await greyOf(await page.screenshot(), wide), `page-${name}-${look}`);
    }
    await opened.close();
  });

/** Nothing is on its way any more, and what differs from machine to machine is not on the page. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(700);
  await page.evaluate(
    (words) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (const word of words)
          if (node.nodeValue?.includes(word)) node.nodeValue = node.nodeValue.replace(word, '…');
    },
    [hostname(), ...shippedBoards({ models: [] }).flatMap((board) => board.units.slice(0, 1).map(({ name }) => name))],
  );
}

/** Two runs of the poster's comparison, played by the simulator, and units that stand ready. */
async function fill({ history: { ledger, db }, say }: ScratchPanel): Promise<void> {
  const units = posterBoard().units.map((unit) => unit.id);
  const named = experimentNamed('Poster’s comparison', ['fcfs', 'fluid']);
  await ledger.create({
    ...named,
    boundThroughput: 101.06,
    spec: { ...named.spec, units, models: POSTER_MODELS.map((id) => ({ id, jobs: 20 })) },
    platform: {
      units: posterBoard().units.map(({ id, name, source, precision }) => ({ id, name, source, precision })),
      models: POSTER_MODELS.map((id) => ({ id, name: id, trained: false })),
      pictures: [],
    },
  });
  await ledger.experimentStarted(1);
  for (const [at, policy] of ['fcfs', 'fluid'].entries()) {
    const played = simulate(posterSimulation(policy, 20, { explained: true }));
    await ledger.runStarted(at + 1, planOf(at + 1, policy, units));
    ledger.rows(at + 1, encodeTrace(played.trace));
    const machinery = { hopP50Us: 90, hopP99Us: 240, decisions: played.decisions, decisionMeanUs: 3.5 };
    const end = { status: 'done', reason: null, figures: played.figures, failed: 0 } as const;
    await ledger.runEnded(at + 1, { ...end, quality: { ...machinery, machine: null } });
  }
  await ledger.experimentEnded(1, 'done');
  const day = (minute: number) => new Date(NOW.getTime() - 3_600_000 + minute * 60_000);
  await db.experiment.updateMany({ data: { createdAt: day(0), startedAt: day(0), endedAt: day(2) } });
  await db.run.updateMany({ data: { createdAt: day(0), startedAt: day(1), endedAt: day(2) } });
  for (const id of ['machine.cpu', ...units] as typeof units)
    say({
      type: 'unit',
      unit: {
        ...{ id, status: 'ready', pid: 1, reason: null, model: null, resident: [], crashes: 0, faults: [] },
        ...{ jobs: 60, failed: 0, switches: 2, drift: null },
      },
    });
}

const planOf = (run: number, policy: string, units: RunPlan['units']): RunPlan => ({
  ...{ run, policy, units, models: POSTER_MODELS, jobs: [20, 20, 20], arrivals: { kind: 'closed' } },
  ...{ seed: 42, switchMs: 500, noiseCv: 0, ranks: 'poster', pictures: [] },
});
