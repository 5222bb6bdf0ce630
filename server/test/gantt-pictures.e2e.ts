import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { onPage } from '../../scripts/bench/panel-drawing.ts';
import type { PanelPage } from '../../scripts/bench/panel-page.tsx';
import { openBrowser } from './browser.ts';
import { compare, type Grey, greyOf } from './pictures.ts';

// The schedule as it is drawn.
//   KEEP_PICTURES=1 npx tsx --test server/test/gantt-pictures.e2e.ts     keeps what is drawn now

declare const bench: PanelPage;

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

const PICTURES = [
  { name: 'whole', spanMs: 70_000, pinned: null },
  { name: 'marks', spanMs: 2600, pinned: null },
  { name: 'slices', spanMs: 500, pinned: 20 },
] as const;

for (const theme of ['light', 'dark'] as const)
  test(`the schedule looks as it did, ${theme}`, async () => {
    const seen = await onPage(browser, async (page) => {
      const pictures: Grey[] = [];
      for (const { spanMs, pinned } of PICTURES) pictures.push(await drawn(page, spanMs, theme, pinned));
      return pictures;
    });
    for (const [i, { name }] of PICTURES.entries()) await compare(seen[i]!, `gantt-${name}-${theme}`); // one of each
  });

async function drawn(page: Page, spanMs: number, theme: 'light' | 'dark', pinned: number | null): Promise<Grey> {
  const png = await page.evaluate(([span, look, row]) => bench.picture(span, look, row), [
    spanMs,
    theme,
    pinned,
  ] as const);
  return greyOf(Buffer.from(png, 'base64'));
}
