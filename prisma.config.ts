import { defineConfig } from 'prisma/config';

// `generate` needs no schema engine, but the command looks for one before it does anything else, and would download it.
// Any existing file satisfies the look; the commands that really need an engine then fail loudly. Use `npm run migrate`.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: 'prisma/schema.prisma' });
