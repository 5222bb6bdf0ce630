import { Gallery } from './gallery.tsx';

// A page of development: next.config.mjs leaves *.dev.tsx out of the export.
export default function Page() {
  return <Gallery />;
}
