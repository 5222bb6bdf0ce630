'use client';

import { PageTrouble } from './ui/page-trouble.tsx';

/** In place of a page that could not be shown; the rail and the banners around it stay. */
export default function Page({ error }: { readonly error: Error }) {
  return <PageTrouble error={error} />;
}
