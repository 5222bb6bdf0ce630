import type { ExperimentSpec } from '../../../server/panel/wire.ts';
import { Section } from '../../ui/section.tsx';
import { useSpecWords } from '../../ui/spec-words.ts';
import { useWords } from '../../ui/words/language.ts';

const SHOWN = ['units', 'models', 'workload', 'repeats', 'seed', 'switchMs', 'noiseCv', 'ranks'] as const;
/** Told only where it was asked for. */
const WHERE_ASKED = ['warmUpS', 'coolToC'] as const;

/** What was asked. */
export function Question({ spec }: { readonly spec: ExperimentSpec }) {
  const w = useWords();
  const say = useSpecWords();
  return (
    <Section title={w.experiments.question}>
      <dl className="num grid gap-x-8 gap-y-3 text-sm sm:grid-cols-2 xl:grid-cols-3">
        {[...SHOWN, ...WHERE_ASKED.filter((field) => spec[field])].map((field) => (
          <div key={field}>
            <dt className="text-xs text-quiet">{w.compare.fields[field] ?? field}</dt>
            <dd>{say(field, spec[field])}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
