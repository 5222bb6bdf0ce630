import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserPath, openBrowser, openPageAs } from '../../server/test/browser.ts';
import { root, temporaryFolder } from '../../server/test/product.ts';

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
  const folder = temporaryFolder();
  const browser = await openBrowser(nicedBrowser(folder.path)).catch(() => null);
  if (browser) {
    const { page } = await openPageAs(browser, url, cookie);
    await page.goto(url);
    await page.getByTestId('unit-card').first().waitFor();
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
      folder.remove();
      return { states, rows, browser: browser !== null };
    },
  };
}

/** A browser whose every process gives way to the board's: it stands for somebody else's computer. */
function nicedBrowser(folder: string): string | undefined {
  const browser = browserPath();
  if (!browser) return undefined;
  const file = join(folder, 'browser');
  writeFileSync(file, `#!/bin/sh\nexec nice -n 10 ${browser} "$@"\n`, { mode: 0o755 });
  return file;
}
