interface Props<T extends string> {
  readonly legend: string;
  readonly hint?: string;
  readonly choices: readonly T[];
  readonly chosen: T | null;
  readonly disabled?: boolean;
  /** The language of a choice's name, where it is not that of the page. */
  langOf?(choice: T): string | undefined;
  nameOf(choice: T): string;
  onChoose(choice: T): void;
}

/** One of a few, all of them in sight. */
export function Choice<T extends string>(props: Props<T>) {
  const { legend, hint, choices, chosen, disabled = false, langOf, nameOf, onChoose } = props;
  return (
    <fieldset disabled={disabled}>
      <legend className="label">{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {choices.map((choice) => (
          <label key={choice} className="choice text-sm" lang={langOf?.(choice)}>
            <input type="radio" name={legend} checked={choice === chosen} onChange={() => onChoose(choice)} />
            {nameOf(choice)}
          </label>
        ))}
      </div>
      {hint && <p className="mt-1.5 text-xs text-quiet">{hint}</p>}
    </fieldset>
  );
}
