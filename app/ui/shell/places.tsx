import type { ComponentType } from 'react';
import type { Words } from '../words/en.ts';
import {
  BoardIcon,
  CompareIcon,
  ExperimentsIcon,
  InferIcon,
  ModelsIcon,
  PlusIcon,
  RunsIcon,
  SettingsIcon,
  UnitsIcon,
} from './icons.tsx';

/** A page that the rail, the bar at the thumb, the command palette and the keys G … lead to. */
export interface Place {
  readonly href: string;
  readonly name: Exclude<keyof Words['nav'], 'skip' | 'main'>;
  /** Where there is room for one word only. */
  readonly short?: Exclude<keyof Words['nav'], 'skip' | 'main'>;
  readonly Icon: ComponentType;
  /** Pressed after G; none: not reached that way. */
  readonly go?: string;
  /** In the phone's bar, which holds four; the others stand behind "More". */
  readonly bar?: boolean;
  /** Whether the address belongs to this place. */
  owns(path: string): boolean;
}

export const PLACES: readonly Place[] = [
  { href: '/', name: 'board', Icon: BoardIcon, go: 'b', bar: true, owns: (path) => path === '/' },
  {
    ...{ href: '/experiments/new', name: 'create', short: 'createShort', Icon: PlusIcon, bar: true },
    owns: (path) => path === '/experiments/new',
  },
  {
    ...{ href: '/experiments', name: 'experiments', Icon: ExperimentsIcon, go: 'e', bar: true },
    owns: (path) => path.startsWith('/experiments') && path !== '/experiments/new',
  },
  { href: '/runs', name: 'runs', Icon: RunsIcon, go: 'r', bar: true, owns: (path) => path.startsWith('/runs') },
  { href: '/compare', name: 'compare', Icon: CompareIcon, go: 'c', owns: (path) => path === '/compare' },
  { href: '/models', name: 'models', Icon: ModelsIcon, go: 'm', owns: (path) => path.startsWith('/models') },
  { href: '/units', name: 'units', Icon: UnitsIcon, go: 'u', owns: (path) => path.startsWith('/units') },
  { href: '/infer', name: 'infer', Icon: InferIcon, go: 'i', owns: (path) => path === '/infer' },
  { href: '/settings', name: 'settings', Icon: SettingsIcon, go: 's', owns: (path) => path === '/settings' },
];
