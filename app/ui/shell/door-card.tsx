import type { ReactNode } from 'react';
import { Mark } from './icons.tsx';
import { LookButtons } from './look-buttons.tsx';

interface Props {
  readonly title: string;
  /** Beside what is asked, where there is room. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** What stands before the house: claiming it, and coming in. */
export function DoorCard({ title, aside, children }: Props) {
  return (
    <div className={`w-full ${aside ? 'max-w-4xl' : 'max-w-md'}`}>
      <div className="mb-4 flex items-center gap-2.5 font-semibold tracking-tight">
        <Mark />
        Switchyard
        <span className="flex-1" />
        <LookButtons />
      </div>
      <div className="card p-6 sm:p-8">
        <h1>{title}</h1>
        {aside ? (
          <div className="mt-6 grid gap-x-10 gap-y-8 md:grid-cols-[1fr_21rem]">
            <div className="min-w-0 max-md:order-2">{aside}</div>
            <div className="min-w-0">{children}</div>
          </div>
        ) : (
          children
        )}
      </div>
    </div>
  );
}
