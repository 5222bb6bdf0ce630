import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { openBrowser, openPage } from '../../server/test/browser.ts';
import { root } from '../../server/test/product.ts';

export interface Viewers {
  close(): Promise<{ readonly states: number; readonly rows: number; readonly browser: boolean }>;
}

const CLIENTS = 20;

/** Twenty socket clients in a niced process of their own, and a browser on the board's page. */
export async function openViewers(url: string, cookie: string): Promise<Viewers> {
  const clients = spawn('nice', ['-n', '10', process.execPath, join(root, 'dist/socket-clients.js')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    cwd: root,
  });
  clients.send({ url, cookie, count: CLIENTS });
  await new Promise((resolve) => clients.once('message', resolve));
  const browser = await openBrowser().catch(() => null);
  if (browser) {
    const { page, context } = await openPage(browser, url);
    const [name, value] = cookie.split('=', 2) as [string, string];
    await context.addCookies([{ name, value, url }]);
    await page.goto(url);
    await page.getByTestId('unit-card').first().waitFor();
    spawn('sh', ['-c', 'for p in $(pgrep -f -- --headless); do renice -n 10 -p $p; done'], { stdio: 'ignore' });
  }
  return {
    async close() {
      const counts = new Promise<{ states: number; rows: number }>((resolve) =>
        clients.once('message', (m) => resolve(m as { states: number; rows: number })),
      );
      clients.send({ close: true });
      const { states, rows } = await counts;
      await browser?.close();
      clients.kill();
      return { states, rows, browser: browser !== null };
    },
  };
}
