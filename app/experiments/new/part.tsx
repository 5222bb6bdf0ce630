import type { ReactNode } from 'react';
import { Section } from '../../ui/section.tsx';

interface Props {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}

/** One question of the form, with what is wrong about its answer. */
export function Part({ title, hint, error, children }: Props) {
  return (
    <Section title={title} hint={hint}>
      {children}
      {error && (
        <p role="alert" className="mt-2 text-sm text-bad">
          {error}
        </p>
      )}
    </Section>
  );
}

export const toggled = (list: readonly string[], item: string): string[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
