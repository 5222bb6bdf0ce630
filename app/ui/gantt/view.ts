/** The stretch of time that is shown. Several charts may share one: then they move together. */
export interface View {
  readonly fromMs: number;
  readonly toMs: number;
  /** `fit`: all of it, also while it grows. `follow`: the newest, at this width. `free`: as somebody left it. */
  readonly mode: 'fit' | 'follow' | 'free';
  /** Where the pointer is, on every chart that shares this view. */
  readonly cursorMs: number | null;
  readonly selection: { readonly fromMs: number; readonly toMs: number } | null;
  /** How far there is something to see; a live run moves it on. */
  reach(endMs: number): void;
  pan(byMs: number): void;
  /** `factor` below 1 goes closer; `atMs` stays where it is. */
  zoom(factor: number, atMs?: number): void;
  fit(): void;
  follow(spanMs?: number): void;
  point(ms: number | null): void;
  select(selection: View['selection']): void;
  hear(listener: () => void): () => void;
}

const CLOSEST_MS = 0.5;
export const FOLLOW_MS = 10_000;

export function createView(mode: View['mode'] = 'fit'): View {
  const listeners = new Set<() => void>();
  const now = {
    fromMs: 0,
    toMs: mode === 'follow' ? FOLLOW_MS : 1000,
    endMs: 0,
    mode,
    cursorMs: null as number | null,
    selection: null as View['selection'],
  };
  const say = () => {
    for (const listener of listeners) listener();
  };
  const show = (fromMs: number, spanMs: number) => {
    const most = Math.max(now.endMs * 1.02, 1000);
    const span = Math.min(Math.max(spanMs, CLOSEST_MS), most);
    now.fromMs = Math.min(Math.max(0, fromMs), Math.max(0, most - span));
    now.toMs = now.fromMs + span;
  };
  const settle = () => {
    if (now.mode === 'fit') show(0, now.endMs * 1.02);
    if (now.mode === 'follow') {
      const span = now.toMs - now.fromMs;
      now.toMs = Math.max(now.endMs, span);
      now.fromMs = now.toMs - span;
    }
  };
  return {
    get fromMs() {
      return now.fromMs;
    },
    get toMs() {
      return now.toMs;
    },
    get mode() {
      return now.mode;
    },
    get cursorMs() {
      return now.cursorMs;
    },
    get selection() {
      return now.selection;
    },
    reach(endMs) {
      if (endMs <= now.endMs) return;
      now.endMs = endMs;
      settle();
      say();
    },
    pan(byMs) {
      now.mode = 'free';
      show(now.fromMs + byMs, now.toMs - now.fromMs);
      say();
    },
    zoom(factor, atMs = now.mode === 'follow' ? now.toMs : (now.fromMs + now.toMs) / 2) {
      const span = Math.max(CLOSEST_MS, (now.toMs - now.fromMs) * factor);
      const share = (atMs - now.fromMs) / (now.toMs - now.fromMs);
      if (now.mode === 'fit') now.mode = 'free';
      show(atMs - share * span, span);
      settle();
      say();
    },
    fit() {
      now.mode = 'fit';
      settle();
      say();
    },
    follow(spanMs = Math.min(now.toMs - now.fromMs, FOLLOW_MS)) {
      now.mode = 'follow';
      now.fromMs = now.toMs - spanMs;
      settle();
      say();
    },
    point(ms) {
      now.cursorMs = ms;
      say();
    },
    select(selection) {
      now.selection = selection;
      say();
    },
    hear(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
