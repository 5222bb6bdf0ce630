import type { Browser } from 'playwright-core';
import { openBrowser } from '../../server/test/browser.ts';
import { firstLoad } from './first-load.ts';
import { benchAxe } from './panel-axe.ts';
import { benchCost } from './panel-cost.ts';
import { benchFrames, benchHeap } from './panel-drawing.ts';
import { benchFlow } from './panel-flow.ts';
import { benchLiveness } from './panel-live.ts';

type Part = (rounds: number) => Promise<object>;

const inBrowser =
  (measure: (browser: Browser, rounds: number) => Promise<object>): Part =>
  async (rounds) => {
    const browser = await openBrowser();
    try {
      return await measure(browser, rounds);
    } finally {
      await browser.close();
    }
  };

/** What the panel takes: of somebody's patience, of a browser, and of the board. Each can be asked for by itself. */
export const PANEL_PARTS: Readonly<Record<string, Part>> = {
  load: async () => ({ firstLoadKiB: firstLoad() }),
  flow: inBrowser(async (browser) => ({ claimToRunning: await benchFlow(browser) })),
  live: inBrowser(benchLiveness),
  frames: inBrowser(benchFrames),
  heap: inBrowser(benchHeap),
  axe: inBrowser(benchAxe),
  cost: benchCost,
};

export async function benchPanel(rounds: number): Promise<object> {
  const figures = {};
  for (const [name, measure] of Object.entries(PANEL_PARTS)) {
    console.error(`bench: panel:${name}`);
    Object.assign(figures, await measure(rounds));
  }
  return figures;
}
