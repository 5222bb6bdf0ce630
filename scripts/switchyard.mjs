#!/usr/bin/env node
// The command line's door: free of dependencies, so that a missing build is one sentence and not a stack trace.
import { existsSync } from 'node:fs';

const program = new URL('../dist/switchyard.js', import.meta.url);
if (!existsSync(program)) {
  console.error('switchyard: not built yet; run "npm ci && npm run build" in this folder first');
  process.exit(2);
}
await import(program.href);
