import { type FrameLoop, frames } from './frame-loop.ts';

/** What is asked of the tab. */
export interface Tab {
  hidden(): boolean;
  /** Calls once when the tab is hidden or shown; returns what takes the listener away. */
  onTurn(call: () => void): () => void;
}

/** A hidden tab paints nothing, and is told something this often. */
const HIDDEN_MS = 1000;

/**
 * Calls when what was just applied is on the screen; in a hidden tab, which paints nothing, after a second, and at once when
 * somebody looks again. The board sends the next only then: a hidden tab costs it one message a second.
 */
export function createAfterPaint(tab: Tab, frames: FrameLoop): (call: () => void) => void {
  return (call) => {
    let called = false;
    const once = () => {
      if (called) return;
      called = true;
      clearTimeout(late);
      leave();
      frame.leave();
      call();
    };
    const late = setTimeout(once, HIDDEN_MS);
    const frame = frames.add(once);
    // Shown again: what came while nobody looked is old, the next is wanted now. Hidden meanwhile: the frame will not come.
    const leave = tab.onTurn(() => !tab.hidden() && once());
    if (!tab.hidden()) frame.ask();
  };
}

const tab: Tab = {
  hidden: () => document.hidden,
  onTurn(call) {
    document.addEventListener('visibilitychange', call);
    return () => document.removeEventListener('visibilitychange', call);
  },
};

export const afterPaint = createAfterPaint(tab, frames);
