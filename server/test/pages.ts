import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './product.ts';

/** What an address needs to show something: pages by number show number 1. */
const ASKED: Readonly<Record<string, string>> = {
  '/compare': '/compare?r=1,2&base=1',
  '/models/_': '/models/resnet50',
  '/units/_': '/units/tinker.npu',
};

/** The address of every page that was built, so that no test forgets a new one; where there is nothing, and the door. */
export function everyPage(): string[] {
  const files = readdirSync(join(root, 'out'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.html') && !/(^|\/)(_not-found|404)/.test(file))
    .map((file) => `/${file.replace(/\.html$/, '').replace(/^index$/, '')}`)
    .filter((path) => path !== '/welcome') // leads to the door once the board has an owner
    .map((path) => ASKED[path] ?? path.replace(/\/_$/, '/1'))
    .concat('/nowhere')
    .sort();
}
