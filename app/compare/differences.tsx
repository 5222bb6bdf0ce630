import type { RunDetail } from '../../server/panel/wire.ts';
import { Section } from '../ui/section.tsx';
import { useSpecWords } from '../ui/spec-words.ts';
import { useWords } from '../ui/words/language.ts';
import { specDiff } from './spec-diff.ts';

/** Keeps a comparison honest: what was the same, and what was not. */
export function Differences({ runs }: { readonly runs: readonly RunDetail[] }) {
  const w = useWords();
  const say = useSpecWords();
  const { same, differs, conditionsDiffer } = specDiff(runs);
  const named = (name: string) => w.compare.fields[name] ?? name;
  return (
    <Section title={w.compare.differs}>
      {conditionsDiffer && (
        <p className="mb-3 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">{w.compare.warnDiffers}</p>
      )}
      {differs.length === 0 && <p className="text-sm">{w.compare.nothingDiffers}</p>}
      <ul className="num grid gap-1.5 text-sm">
        {differs.map(({ name, values }) => (
          <li key={name} className="grid gap-x-4 sm:grid-cols-[9rem_minmax(0,1fr)]">
            <b className="font-medium">{named(name)}</b>
            <span>
              {runs.map((run, i) => (
                <span key={run.id} className="mr-4 inline-block">
                  <span className="text-quiet">#{run.id}</span> {say(name, values[i])}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {same.length > 0 && (
        <details className="mt-3 text-sm">
          <summary className="min-h-8 text-quiet">
            {w.compare.same}: {same.map(({ name }) => named(name)).join(', ')}
          </summary>
          <dl className="num mt-2 grid gap-x-6 gap-y-2 sm:grid-cols-2">
            {same.map(({ name, values }) => (
              <div key={name}>
                <dt className="text-xs text-quiet">{named(name)}</dt>
                <dd>{say(name, values[0])}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </Section>
  );
}
