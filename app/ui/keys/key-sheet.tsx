import { usePreference } from '../preferences.ts';
import { Sheet } from '../sheet.tsx';
import { useWords } from '../words/language.ts';
import { type KeyLine, keyGroups, modifier } from './key-list.ts';

/** All shortcuts on one sheet. */
export function KeySheet({ onClose }: { onClose(): void }) {
  const w = useWords();
  const off = usePreference('keys') === 'off';
  return (
    <Sheet title={w.keys.title} wide textOnly onClose={onClose}>
      {off && <p className="mb-4 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">{w.keys.off}</p>}
      <div className="gap-x-10 sm:columns-2">
        {keyGroups(w, modifier()).map(({ name, lines }) => (
          <section key={name} className="mb-5 break-inside-avoid">
            <h3 className="mb-1.5 text-xs font-semibold text-quiet">{name}</h3>
            <dl className="text-sm">
              {lines.map((line) => (
                <div key={line.does} className="flex min-h-8 items-center justify-between gap-4">
                  <dt>{line.does}</dt>
                  <dd className="flex shrink-0 items-center gap-1">
                    <Caps line={line} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Sheet>
  );
}

function Caps({ line: { keys, sequence } }: { readonly line: KeyLine }) {
  const w = useWords();
  return keys.map((key, i) => (
    <span key={key} className="flex items-center gap-1">
      {i > 0 && sequence && <span className="text-2xs text-quiet">{w.keys.andThen}</span>}
      <kbd>{key}</kbd>
    </span>
  ));
}
