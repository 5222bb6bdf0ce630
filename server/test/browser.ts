import { existsSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const PLACES = [
  process.env.CHROME_BIN,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** The machine's own browser; `npm test` installs Debian's where it may. */
export const browserPath = (): string | undefined => PLACES.find((place) => place !== undefined && existsSync(place));

export async function openBrowser(executablePath = browserPath()): Promise<Browser> {
  if (!executablePath) throw new Error('no Chromium was found; set CHROME_BIN');
  const { chromium } = await import('playwright-core'); // only where a browser is wanted
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors and uncaught exceptions so far. */
  readonly problems: string[];
  /** Requests that would have left the origin; they were stopped. */
  readonly foreign: string[];
}

/** A page that may not leave its origin and whose every complaint is kept. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url());
    if (url.origin === origin || url.protocol === 'data:' || url.protocol === 'blob:') return route.continue();
    foreign.push(url.href);
    return route.abort();
  });
  // What still answers a request when its page goes away has nobody left to answer; that is no failure of a test.
  const close = context.close.bind(context);
  context.close = async (reason) => {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await close(reason);
  };
  return { page, context, problems, foreign };
}

/** The same, signed in as the person whose cookie it is: name=value, as a [person](product.ts) has it. */
export async function openPageAs(
  browser: Browser,
  origin: string,
  cookie: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Watched> {
  const opened = await openPage(browser, origin, options);
  const [name = '', value = ''] = cookie.split('=');
  await opened.context.addCookies([{ name, value, url: origin }]);
  return opened;
}
