/** How a model is drawn, everywhere: Okabe–Ito colours, a letter and a hatch, so that colour is never alone. */
export interface Look {
  readonly colour: string;
  /** Readable on the colour. */
  readonly ink: string;
  readonly letter: string;
  /** Index into HATCHES. */
  readonly hatch: number;
}

const DARK = '#14181f';
const COLOURS = ['#e69f00', '#56b4e9', '#009e73', '#cc79a7', '#d55e00', '#f0e442', '#0072b2'];

/** Whether a pixel of the hatch is dark, in a cell of 8 × 8. */
export const HATCHES: readonly ((x: number, y: number) => boolean)[] = [
  () => false,
  (x, y) => (x + y) % 8 < 2,
  (x, y) => x % 8 < 2 && y % 8 < 2,
  (x, y) => (x - y + 8) % 8 < 2,
  (_, y) => y % 8 < 2,
  (x) => x % 8 < 2,
  (x, y) => (x + y) % 8 < 1 || (x - y + 8) % 8 < 1,
];

/** By place in the list: the same list gives the same looks. */
export function looksOf(models: readonly string[]): readonly Look[] {
  const letters = lettersOf(models);
  return models.map((_, index) => ({
    colour: COLOURS[index % COLOURS.length] ?? DARK,
    ink: index % COLOURS.length === 6 ? '#ffffff' : DARK,
    letter: letters[index] ?? '?',
    hatch: (index + Math.floor(index / COLOURS.length)) % HATCHES.length,
  }));
}

/** resnet50 → R50, mobilenet_v2 → M2; where two would be called the same: A, B, C. */
export function lettersOf(models: readonly string[]): string[] {
  const short = models.map((id) => `${id[0]?.toUpperCase() ?? '?'}${/(\d{1,3})$/.exec(id)?.[1] ?? ''}`);
  return new Set(short).size === short.length ? short : models.map((_, i) => nth(i));
}

const nth = (i: number): string =>
  i < 26 ? String.fromCharCode(65 + i) : `${nth(Math.floor(i / 26) - 1)}${nth(i % 26)}`;
