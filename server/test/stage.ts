import type { Browser, BrowserContextOptions } from 'playwright-core';
import { openBrowser, openPageAs, type Watched } from './browser.ts';
import { claim, type Person, type Product, startProduct, temporaryFolder } from './product.ts';

/** What most browser tests begin with: the product in a folder of its own, its owner, and a browser. */
export interface Stage {
  readonly folder: string;
  /** The same after a restart. */
  readonly url: string;
  readonly owner: Person;
  readonly browser: Browser;
  readonly product: Product;
  /** A page that is signed in, still empty; it gives up after `timeoutMs`. */
  open(options?: BrowserContextOptions, person?: Person): Promise<Watched>;
  /** After its process has ended: another one, with the same data at the same address. */
  restart(): Promise<Product>;
  close(): Promise<void>;
}

/** `furnish`: puts something into the folder before the product finds it. */
export async function openStage({
  timeoutMs = 20_000,
  furnish = async () => {},
}: {
  readonly timeoutMs?: number;
  readonly furnish?: (folder: string) => Promise<void>;
} = {}): Promise<Stage> {
  const folder = temporaryFolder();
  const ends: (() => unknown)[] = [folder.remove];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    await furnish(folder.path);
    let product = await startProduct(folder.path);
    ends.push(() => product.stop());
    const { url, port } = product.ready;
    const owner = await claim(product);
    const browser = await openBrowser();
    ends.push(() => browser.close());
    return {
      ...{ folder: folder.path, url, owner, browser, close },
      get product() {
        return product;
      },
      async open(options = {}, person = owner) {
        const watched = await openPageAs(browser, url, person.cookie(), options);
        watched.page.setDefaultTimeout(timeoutMs);
        return watched;
      },
      async restart() {
        const command = ['env', `PORT=${port}`, process.execPath, 'dist/server.js', '--ready-json'];
        product = await startProduct(folder.path, command);
        return product;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
