import type { ServerResponse } from 'node:http';

/** On everything. */
export const SAFE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const;

const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export function setSafeHeaders(res: ServerResponse): void {
  for (const [name, value] of Object.entries(SAFE_HEADERS)) res.setHeader(name, value);
}

/** Data is never a page, and never kept by a cache. */
export function setApiHeaders(res: ServerResponse): void {
  res.setHeader('cache-control', 'no-store');
  res.setHeader('content-security-policy', NOTHING);
}

/** `scripts`: hashes of the page's inline scripts, made at build. Styles: Radix injects its own, facts of 2026-11. */
export const pageCsp = (scripts: readonly string[]): string =>
  [
    "default-src 'none'",
    `script-src ${["'self'", ...scripts].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
