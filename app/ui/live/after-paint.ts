import { frames } from './frame-loop.ts';

/** Calls when what was just applied is on the screen; in a hidden tab, which paints nothing, once a second. */
export function afterPaint(call: () => void): void {
  if (document.hidden) {
    setTimeout(call, 1000);
    return;
  }
  let called = false;
  const once = () => {
    if (called) return;
    called = true;
    clearTimeout(late);
    frame.leave();
    call();
  };
  const late = setTimeout(once, 1000); // the tab may be hidden before the frame comes
  const frame = frames.add(once);
  frame.ask();
}
