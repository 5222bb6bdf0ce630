import Link from 'next/link';
import { type ReactNode, useEffect } from 'react';
import { useWords } from './words/language.ts';

interface Props {
  readonly sentence: string;
  /** All that there is on the page: the sentence is its title too. */
  readonly alone?: boolean;
  readonly children?: ReactNode;
}

/** Where an address leads nowhere, or a list is empty: one sentence, and a way on. */
export function NothingHere({ sentence, alone = false, children }: Props) {
  const w = useWords();
  const Sentence = alone ? 'h1' : 'p';
  useEffect(() => {
    if (alone) document.title = `${sentence} · Switchyard`;
  }, [alone, sentence]);
  return (
    <div className="card grid min-h-64 place-items-center px-6 py-10 text-center">
      <div>
        <Sentence className="text-base font-medium">{sentence}</Sentence>
        <div className="mt-4 flex flex-wrap justify-center gap-2">
          {children ?? (
            <Link href="/" className="btn">
              {w.common.toBoard}
            </Link>
          )}
        </div>
      </div>
    </div>
  );
}
