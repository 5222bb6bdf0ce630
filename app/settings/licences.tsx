import { useEffect, useState } from 'react';
import { Sheet } from '../ui/sheet.tsx';
import { useFormat } from '../ui/words/format.ts';
import { useWords } from '../ui/words/language.ts';

/** A package of others that ships; scripts/licences.mjs writes the list at build. */
interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** The licence in its own words; null where the package has none with it. */
  readonly text: string | null;
}

export function Licences({ onClose }: { onClose(): void }) {
  const w = useWords();
  const f = useFormat();
  const { packages, failed } = usePackages();
  return (
    <Sheet
      title={packages ? w.settings.licences(packages.length, f.number(packages.length)) : w.settings.licencesOpen}
      wide
      onClose={onClose}
    >
      {failed && <p className="text-sm text-quiet">{w.settings.licencesGone}</p>}
      {!failed && !packages && <p className="min-h-96 text-sm text-quiet">{w.common.loading}</p>}
      <ul>
        {packages?.map((each) => (
          <li key={`${each.name}@${each.version}`} className="border-b border-line last:border-0">
            <details>
              <summary className="flex min-h-11 flex-wrap items-center gap-x-3 text-sm">
                <b className="font-medium">{each.name}</b>
                <span className="num text-quiet">{each.version}</span>
                <span className="ml-auto text-quiet">{each.licence}</span>
              </summary>
              <pre className="mb-3 overflow-x-auto rounded-lg bg-sunken p-3 text-xs whitespace-pre-wrap" lang="en">
                {each.text ?? each.licence}
              </pre>
            </details>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function usePackages() {
  const [state, setState] = useState<{ packages: readonly Package[] | null; failed: boolean }>({
    packages: null,
    failed: false,
  });
  useEffect(() => {
    const gone = new AbortController();
    fetch('/licences.json', { signal: gone.signal })
      .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
      .then((packages: Package[]) => setState({ packages, failed: false }))
      .catch(() => {
        if (!gone.signal.aborted) setState({ packages: null, failed: true });
      });
    return () => gone.abort();
  }, []);
  return state;
}
