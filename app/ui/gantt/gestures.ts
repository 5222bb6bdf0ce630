import type { Step } from './pin.ts';
import type { View } from './view.ts';

export interface Gestures {
  /** Dragging selects instead of moving; Shift does so too. */
  selecting(): boolean;
  /** Pointer at x, y of the canvas; null when it has left. */
  hover(at: { x: number; y: number } | null): void;
  /** Clicked or tapped there, without dragging. */
  tap(at: { x: number; y: number }, finger: boolean): void;
}

interface Finger {
  x: number;
  readonly downX: number;
  readonly downMs: number;
}

/** Mouse, wheel and touch. Returns how to take it all away again. */
export function listenTo(canvas: HTMLCanvasElement, view: View, { selecting, hover, tap }: Gestures): () => void {
  const fingers = new Map<number, Finger>();
  let picking = false;
  const msPerPx = () => (view.toMs - view.fromMs) / Math.max(1, canvas.clientWidth);
  const xOf = (event: { clientX: number }) => event.clientX - canvas.getBoundingClientRect().left;
  const msAt = (x: number) => view.fromMs + x * msPerPx();
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return a && b ? { apart: Math.max(8, Math.abs(a.x - b.x)), middle: (a.x + b.x) / 2 } : null;
  };

  const down = (event: PointerEvent) => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    const x = xOf(event);
    fingers.set(event.pointerId, { x, downX: x, downMs: msAt(x) });
    picking = fingers.size === 1 && (selecting() || event.shiftKey);
  };
  const move = (event: PointerEvent) => {
    const x = xOf(event);
    const finger = fingers.get(event.pointerId);
    if (!finger) {
      view.point(msAt(x));
      hover({ x, y: event.clientY - canvas.getBoundingClientRect().top });
      return;
    }
    const before = spread();
    const moved = finger.x - x;
    finger.x = x;
    const after = spread();
    if (before && after) view.zoom(before.apart / after.apart, msAt(after.middle));
    else if (picking) pick(finger.downMs, msAt(x));
    else if (Math.abs(x - finger.downX) > 3) {
      hover(null);
      view.pan(moved * msPerPx());
    }
  };
  const pick = (a: number, b: number) =>
    view.select({ fromMs: Math.max(0, Math.min(a, b)), toMs: Math.max(a, b, 0.01) });
  const up = (event: PointerEvent) => {
    const finger = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    if (!finger || Math.abs(finger.x - finger.downX) > 3) return;
    if (picking) view.select(null);
    if (event.type !== 'pointerup') return;
    const at = { x: finger.x, y: event.clientY - canvas.getBoundingClientRect().top };
    tap(at, event.pointerType !== 'mouse');
    // A finger hides what it points at, and does not hover.
    if (event.pointerType === 'mouse') hover(at);
  };
  const leave = () => {
    if (fingers.size > 0) return;
    view.point(null);
    hover(null);
  };
  /** A page must still scroll: only sideways, with Ctrl, or when the chart has the focus. */
  const wheel = (event: WheelEvent) => {
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    const zooms = event.ctrlKey || event.metaKey || document.activeElement === canvas;
    if (!sideways && !zooms) return;
    event.preventDefault();
    if (sideways) view.pan((event.deltaX || event.deltaY) * msPerPx());
    else view.zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.006), msAt(xOf(event)));
  };
  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, pointerleave: leave };
  for (const [name, listener] of Object.entries(listeners)) canvas.addEventListener(name, listener as EventListener);
  canvas.addEventListener('wheel', wheel, { passive: false });
  return () => {
    for (const [name, listener] of Object.entries(listeners))
      canvas.removeEventListener(name, listener as EventListener);
    canvas.removeEventListener('wheel', wheel);
  };
}

/** What the keys do to the pinned slice. */
export interface PinKeys {
  readonly pinned: boolean;
  go(step: Step): void;
  close(): void;
}

const STEPS: Readonly<Record<string, Step>> = {
  enter: 'next',
  '.': 'next',
  ',': 'previous',
  arrowup: 'above',
  arrowdown: 'below',
};

/** True: the key meant something here. */
export function pressed(key: string, view: View, pin: PinKeys): boolean {
  const step = STEPS[key.toLowerCase()];
  if (step && (pin.pinned || key === 'Enter')) {
    pin.go(step);
    return true;
  }
  if (key === 'Escape' && pin.pinned && !view.selection) {
    pin.close();
    return true;
  }
  const span = view.toMs - view.fromMs;
  const moves: Record<string, () => void> = {
    a: () => view.pan(-span * 0.2),
    d: () => view.pan(span * 0.2),
    arrowleft: () => view.pan(-span * 0.2),
    arrowright: () => view.pan(span * 0.2),
    w: () => view.zoom(0.7, view.cursorMs ?? undefined),
    s: () => view.zoom(1 / 0.7, view.cursorMs ?? undefined),
    '+': () => view.zoom(0.7),
    '-': () => view.zoom(1 / 0.7),
    f: () => view.fit(),
    escape: () => view.select(null),
  };
  const move = moves[key.toLowerCase()];
  move?.();
  return move !== undefined;
}
