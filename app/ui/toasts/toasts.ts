import { create } from 'zustand';

/** A word about something that happened elsewhere, or was just done here. */
export interface Toast {
  readonly id: number;
  readonly kind: 'good' | 'info' | 'warn' | 'bad';
  readonly text: string;
  /** Where to look. */
  readonly href?: string;
  /** What takes it back. */
  readonly undo?: () => Promise<void>;
}

interface Shown {
  readonly toasts: readonly Toast[];
  /** The last sentence for whoever cannot see it come. */
  readonly spoken: string;
}

/** More at once would hide the page. */
const MOST = 4;

export const useToasts = create<Shown>(() => ({ toasts: [], spoken: '' }));

let last = 0;

export function toast(said: Omit<Toast, 'id'>): number {
  const id = ++last;
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, { ...said, id }].slice(-MOST), spoken: said.text }));
  return id;
}

export const dismiss = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));

/** Said to screen readers only: what the page in front of somebody shows by itself. */
export const speak = (text: string): void => useToasts.setState({ spoken: text });
