import { PLACES } from '../shell/places.tsx';
import type { Words } from '../words/en.ts';

/** Keys as they are printed on a keyboard, and what they do. Alternatives are lists of their own. */
export interface KeyLine {
  readonly keys: readonly string[];
  /** Pressed one after the other. */
  readonly sequence?: boolean;
  readonly does: string;
}
export interface KeyGroup {
  readonly name: string;
  readonly lines: readonly KeyLine[];
}

export function keyGroups(w: Words, mod: string): KeyGroup[] {
  return [
    {
      name: w.keys.groups.anywhere,
      lines: [
        { keys: [mod, 'K'], does: w.keys.palette },
        { keys: ['/'], does: w.keys.search },
        { keys: ['N'], does: w.keys.create },
        { keys: ['S'], does: w.keys.stop },
        { keys: ['?'], does: w.keys.help },
      ],
    },
    {
      name: w.keys.groups.go,
      lines: PLACES.flatMap(({ go, name }) =>
        go ? [{ keys: ['G', go.toUpperCase()], sequence: true, does: w.nav[name] }] : [],
      ),
    },
    {
      name: w.keys.groups.runs,
      lines: [
        { keys: ['R'], does: w.keys.rerun },
        { keys: ['C'], does: w.keys.compare },
        { keys: ['Esc'], does: w.keys.unselect },
      ],
    },
    {
      name: w.keys.groups.gantt,
      lines: [
        { keys: ['W', 'S'], does: w.keys.zoom },
        { keys: ['A', 'D'], does: w.keys.pan },
        { keys: ['F'], does: w.keys.fit },
        { keys: ['Enter'], does: w.keys.why },
      ],
    },
    { name: w.keys.groups.form, lines: [{ keys: [mod, 'Enter'], does: w.keys.launch }] },
  ];
}

/** What the Ctrl key is called here. */
export const modifier = (): string => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl');
