import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_BUILD } from 'next/constants.js';

/** The panel is exported as files; never in development, where an active export answers /runs/128 with an error. */
export default (phase) => ({
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // `npm run types` checks the whole house at once; the panel does not wait for a room that is being rebuilt.
  typescript: { ignoreBuildErrors: true },
  // *.dev.tsx are pages of development, such as /gallery: they do not ship.
  pageExtensions: phase === PHASE_DEVELOPMENT_SERVER ? ['dev.tsx', 'tsx', 'ts'] : ['tsx', 'ts'],
  ...(phase === PHASE_PRODUCTION_BUILD ? { output: 'export' } : {}),
});
