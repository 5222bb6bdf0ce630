import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../../server/test/product.ts';

/** Script that a browser fetches before a page is live: what its HTML names, gzip −9; KiB, of every page there is. */
export function firstLoad(): Record<string, number> {
  const files = readdirSync(join(root, 'out'), { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith('.html'))
      .sort()
      .map((file) => [file.replace(/\.html$/, ''), kibOf(readFileSync(join(root, 'out', file), 'utf8'))]),
  );
}

function kibOf(html: string): number {
  const tags = [...html.matchAll(/<script[^>]*\ssrc="([^"]+\.js)[^"]*"(?![^>]*nomodule)/gi)];
  const files = new Set(tags.filter(([tag]) => !/nomodule/i.test(tag)).map(([, src]) => src!)); // one group
  let bytes = 0;
  for (const file of files) bytes += gzipSync(readFileSync(join(root, 'out', file)), { level: 9 }).length;
  return Number((bytes / 1024).toFixed(1));
}
