import { useState } from 'react';
import { useLive } from '../ui/live/store.ts';
import { ScrollX } from '../ui/scroll-x.tsx';
import { Section } from '../ui/section.tsx';
import { asCurl, asPython, type Call } from './as-code.ts';
import { useInferWords } from './infer-words.ts';
import type { Picture } from './picture.ts';
import type { Where } from './where.ts';

interface Props {
  readonly model: string;
  readonly where: Where;
  readonly picture: Picture | null;
  /** Whether whoever serves it looks at a picture. */
  readonly looks: boolean;
}

/** Where none was chosen yet. */
const ANY_FILE = 'picture.jpg';

function named(picture: Picture | null): Call['picture'] {
  if (!picture) return { file: ANY_FILE };
  return picture.kind === 'file' ? { file: picture.name } : { sha256: picture.sha256 };
}

const WAYS = ['curl', 'python'] as const;

/** The call that the form makes, for a program to make. */
export function AsProgram({ model, where, picture, looks }: Props) {
  const words = useInferWords();
  const name = useLive(({ me }) => me?.name ?? '');
  const [way, setWay] = useState<(typeof WAYS)[number]>('curl');
  const [copied, setCopied] = useState(false);
  const call: Call = {
    ...{ origin: location.origin, name, model, where },
    picture: looks ? named(picture) : null,
  };
  const text = way === 'curl' ? asCurl(call) : asPython(call);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <Section
      title={words.code}
      hint={words.codeHint}
      aside={
        <>
          {WAYS.map((each) => (
            <button
              key={each}
              type="button"
              className="btn px-2.5 text-xs"
              aria-pressed={each === way}
              onClick={() => setWay(each)}
            >
              {words[each]}
            </button>
          ))}
          {/* A page over plain HTTP from the network has no clipboard: there the text is selected by hand. */}
          {typeof navigator.clipboard !== 'undefined' && (
            <button type="button" className="btn px-2.5 text-xs" onClick={() => void copy()}>
              <span aria-live="polite">{copied ? words.copied : words.copy}</span>
            </button>
          )}
        </>
      }
    >
      <ScrollX name={words.code} className="rounded-lg bg-sunken">
        <pre className="p-3 font-mono text-xs leading-5 select-all" data-testid="infer-code">
          {text}
        </pre>
      </ScrollX>
    </Section>
  );
}
