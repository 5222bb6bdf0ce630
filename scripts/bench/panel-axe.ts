import type { Browser } from 'playwright-core';
import type { ExperimentView } from '../../server/panel/wire.ts';
import { seriousFaults } from '../../server/test/axe.ts';
import { openPageAs } from '../../server/test/browser.ts';
import { everyPage } from '../../server/test/pages.ts';
import { claim, posterRequest, startProduct, temporaryFolder, whenOver } from '../../server/test/product.ts';

/** Serious and critical faults that axe finds, on every page in both themes and both languages; and requests that leave the board. */
export async function benchAxe(browser: Browser) {
  const folder = temporaryFolder();
  const product = await startProduct(folder.path);
  try {
    const owner = await claim(product);
    const asked = await owner.post<ExperimentView>('/experiments', posterRequest(5, { policies: ['fcfs', 'sjf'] }));
    await whenOver(owner, asked.id);
    const pages = everyPage();
    const faults: string[] = [];
    const foreign: string[] = [];
    for (const locale of ['en-GB', 'ko-KR']) {
      const seen = await openPageAs(browser, product.ready.url, owner.cookie(), { locale, bypassCSP: true });
      for (const path of pages) {
        await seen.page.goto(product.ready.url + path);
        await seen.page.locator('main h1').first().waitFor();
        for (const colorScheme of ['light', 'dark'] as const) {
          await seen.page.emulateMedia({ colorScheme });
          await seen.page.waitForTimeout(300);
          faults.push(...(await seriousFaults(seen.page)).map((fault) => `${path} ${locale} ${colorScheme}: ${fault}`));
        }
      }
      foreign.push(...seen.foreign);
      await seen.context.close();
    }
    return { axe: { pages: pages.length, combinations: 4, seriousOrCritical: faults.length, faults }, foreign };
  } finally {
    await product.stop();
    folder.remove();
  }
}
