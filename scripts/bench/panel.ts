import { openBrowser } from '../../server/test/browser.ts';
import { firstLoad } from './first-load.ts';
import { benchDrawing } from './panel-drawing.ts';

/** What the panel takes: of a browser, of somebody's patience, and of the board. */
export async function benchPanel({ rounds }: { rounds: number }) {
  void rounds;
  const browser = await openBrowser();
  try {
    return { firstLoadKiB: firstLoad(), ...(await benchDrawing(browser)) };
  } finally {
    await browser.close();
  }
}
