import type { ReactNode } from 'react';

interface Props {
  readonly name: string;
  readonly value: ReactNode;
  readonly unit?: string;
  readonly note?: ReactNode;
  readonly testId?: string;
}

/** One figure, large. */
export function Tile({ name, value, unit, note, testId }: Props) {
  return (
    <div className="tile">
      <p className="truncate text-xs text-quiet">{name}</p>
      <p className="num flex flex-wrap items-baseline gap-x-1.5 text-xl leading-7 font-semibold tracking-tight">
        <span data-testid={testId}>{value}</span>
        {unit && <span className="text-xs font-medium tracking-normal whitespace-nowrap text-quiet">{unit}</span>}
      </p>
      {note && <p className="num truncate text-xs text-quiet">{note}</p>}
    </div>
  );
}
