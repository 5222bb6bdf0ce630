import '@fontsource-variable/inter/wght.css';
import './theme.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { FIRST_LOOK } from './ui/first-look.ts';
import { Shell } from './ui/shell/shell.tsx';

export const metadata: Metadata = { title: 'Switchyard', robots: { index: false, follow: false } };
export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* Its hash is put into the Content-Security-Policy by scripts/pack-panel.mjs. */}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, before the first paint */}
        <script dangerouslySetInnerHTML={{ __html: FIRST_LOOK }} />
      </head>
      <body>
        <Shell>{children}</Shell>
      </body>
    </html>
  );
}
