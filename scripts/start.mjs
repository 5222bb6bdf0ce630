// npm start: sets up what is missing, then becomes the server. Flags are the server's own (--ready-json, --insecure-http);
// progress goes to standard error, so that standard output is the server's alone.
import { setUp } from './setup.mjs';

await setUp();
process.env.NODE_ENV ||= 'production';
await import('../dist/server.js');
