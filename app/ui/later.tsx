import { type ComponentType, useEffect, useState } from 'react';
import { toast } from './toasts/toasts.ts';
import { useWords } from './words/language.ts';

/** A component whose code is fetched when it is first shown, or before that by `fetch`. */
export type Later<Props> = ComponentType<Props> & { fetch(): Promise<void> };

/**
 * Nothing stands in its place while it comes, and the page around it stays: suspended, React would take that away, focus
 * included. Once fetched it is there in the same moment. When the board does not answer, that is said, and the next time it is asked again.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  let known: ComponentType<Props> | null = null;
  const fetch = async (): Promise<void> => {
    known ??= await load();
  };
  function Later(props: Props) {
    const w = useWords();
    const [Known, setKnown] = useState<ComponentType<Props> | null>(() => known);
    // biome-ignore lint/correctness/useExhaustiveDependencies: once each time that it is shown
    useEffect(() => {
      let gone = false;
      fetch().then(
        () => !gone && setKnown(() => known),
        () => !gone && toast({ kind: 'bad', text: w.common.unreachable }),
      );
      return () => {
        gone = true;
      };
    }, []);
    return Known && <Known {...props} />;
  }
  return Object.assign(Later, { fetch });
}
