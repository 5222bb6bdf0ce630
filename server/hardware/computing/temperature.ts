/** Degrees Celsius that silicon at work can have; null: anything else, such as the 0 of a thermometer that is not read yet. */
export const plausible = (celsius: number): number | null => (celsius > 0 && celsius < 150 ? celsius : null);
