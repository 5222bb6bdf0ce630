import type { Browser, Page } from 'playwright-core';
import { openPage } from '../../server/test/browser.ts';
import { OWNER, type Product, startProduct, temporaryFolder } from '../../server/test/product.ts';

/** What a newcomer does between the first page and a running experiment. */
export interface Flow {
  /** From the board's page, to the run that goes on. */
  readonly clicksFromBoard: number;
  /** Keys pressed from the board's page on; null by mouse. */
  readonly keysFromBoard: number | null;
  /** From the claimed board's page to the first figure of a running experiment, by a program that does not think; ms. */
  readonly machineMs: number;
  /** The same by a person, by the keystroke-level model: 0.28 s a key, 1.3 s a click, 1.35 s a thought before each; s. */
  readonly personS: number;
  /** Before that: from the address to the claimed board, its token pasted and its password typed twice; s. */
  readonly claimPersonS: number;
}

const [KEY_S, CLICK_S, THOUGHT_S] = [0.28, 1.3, 1.35];

interface Hands {
  /** Puts the text into the field. */
  fill(page: Page, testId: string, text: string): Promise<void>;
  press(page: Page, testId: string): Promise<void>;
  readonly count: { clicks: number; keys: number; thoughts: number };
}

/** Claims a fresh board and launches the poster's comparison, once by each hand. */
export async function benchFlow(browser: Browser): Promise<Record<'mouse' | 'keyboard', Flow>> {
  return { mouse: await flow(browser, mouse()), keyboard: await flow(browser, keyboard()) };
}

async function flow(browser: Browser, hands: Hands): Promise<Flow> {
  const folder = temporaryFolder();
  const product = await startProduct(folder.path);
  const { page, context } = await openPage(browser, product.ready.url);
  try {
    const from = performance.now();
    await claimBy(hands, page, product);
    await page.getByTestId('quick-poster').waitFor();
    const board = { ...hands.count };
    const claimed = performance.now();
    await hands.press(page, 'quick-poster');
    await page.locator('[data-testid=new-launch]:enabled').waitFor();
    await hands.press(page, 'new-launch');
    await page.waitForURL(/\/runs\/\d+/);
    await page.getByTestId('run-throughput').filter({ hasText: /[1-9]/ }).waitFor({ timeout: 30_000 });
    const { clicks, keys, thoughts } = hands.count;
    const since = {
      clicks: clicks - board.clicks,
      keys: keys - board.keys,
      thoughts: thoughts - board.thoughts,
    };
    const machineMs = performance.now() - claimed;
    return {
      clicksFromBoard: since.clicks,
      keysFromBoard: clicks === 0 ? since.keys : null,
      machineMs: Math.round(machineMs),
      personS: personS(machineMs, since),
      claimPersonS: personS(claimed - from, board),
    };
  } finally {
    await context.close();
    await product.stop();
    folder.remove();
  }
}

const personS = (machineMs: number, { clicks, keys, thoughts }: Hands['count']): number =>
  Number((machineMs / 1000 + keys * KEY_S + clicks * CLICK_S + thoughts * THOUGHT_S).toFixed(1));

async function claimBy(hands: Hands, page: Page, product: Product): Promise<void> {
  await page.goto(product.ready.url);
  await page.waitForURL('**/welcome*');
  await page.getByTestId('claim-token').waitFor();
  await hands.fill(page, 'claim-token', product.ready.claimToken ?? '');
  await hands.fill(page, 'claim-name', OWNER.name);
  await hands.fill(page, 'claim-password', OWNER.password);
  await hands.fill(page, 'claim-password2', OWNER.password);
  await hands.press(page, 'claim-submit');
}

/** The token is pasted, as from a console; the rest is typed. */
const keysFor = (testId: string, text: string): number => (testId === 'claim-token' ? 2 : text.length);

function mouse(): Hands {
  const count = { clicks: 0, keys: 0, thoughts: 0 };
  return {
    count,
    async fill(page, testId, text) {
      await page.getByTestId(testId).click();
      await page.keyboard.insertText(text);
      count.clicks++;
      count.thoughts++;
      count.keys += keysFor(testId, text);
    },
    async press(page, testId) {
      await page.getByTestId(testId).click();
      count.clicks++;
      count.thoughts++;
    },
  };
}

const MOST_TABS = 80;

function keyboard(): Hands {
  const count = { clicks: 0, keys: 0, thoughts: 0 };
  const reach = async (page: Page, testId: string): Promise<void> => {
    for (let tabs = 0; tabs < MOST_TABS; tabs++) {
      const there = await page.evaluate((id) => document.activeElement?.getAttribute('data-testid') === id, testId);
      if (there) return;
      await page.keyboard.press('Tab');
      count.keys++;
    }
    throw new Error(`${MOST_TABS} presses of Tab do not lead to ${testId}`);
  };
  return {
    count,
    async fill(page, testId, text) {
      await reach(page, testId);
      await page.keyboard.insertText(text);
      count.thoughts++;
      count.keys += keysFor(testId, text);
    },
    async press(page, testId) {
      count.thoughts++;
      // A form is launched from wherever one stands in it.
      if (testId === 'new-launch') await page.keyboard.press('Control+Enter');
      else {
        await reach(page, testId);
        await page.keyboard.press('Enter');
      }
      count.keys++;
    },
  };
}
