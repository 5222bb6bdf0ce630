/** What of a key press matters; a KeyboardEvent is one. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * The name under which a key is bound: 'n', '?', 'Escape', 'Mod+k' (Ctrl, or ⌘ on a Mac). A letter is told by its place on the
 * keyboard where another script is being typed: with Korean switched on, N arrives as ㅜ.
 */
export function keyName({ key, code, ctrlKey, metaKey, altKey, shiftKey }: Press): string | null {
  const latin = /^[\x21-\x7e]$/.test(key) ? key : (/^Key([A-Z])$/.exec(code)?.[1] ?? key);
  const letter = /^[a-z]$/i.test(latin);
  if (altKey || (letter && shiftKey)) return null;
  const name = letter ? latin.toLowerCase() : latin;
  return ctrlKey || metaKey ? `Mod+${name}` : name;
}

/** Whether its name is of one character, so that somebody who types or speaks may set it off unawares. */
export const isSingle = (name: string): boolean => name.length === 1;
