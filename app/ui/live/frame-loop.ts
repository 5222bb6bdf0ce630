/** Something that is drawn: it asks, and is called in the next frame that may. */
export interface Drawn {
  ask(): void;
  leave(): void;
}
export interface FrameLoop {
  /** `everyMs`: at least so long between two calls, however often it asks. */
  add(draw: (nowMs: number) => void, everyMs?: number): Drawn;
  /** Draws at once whatever has asked: a printer does not wait for a frame. */
  drawNow(nowMs: number): void;
}
type Request = (call: (nowMs: number) => void) => unknown;

/** All that is drawn is drawn in one frame, one after the other; where nobody asks, no frame is requested. */
export function createFrameLoop(request: Request): FrameLoop {
  const asking = new Set<{ draw: (nowMs: number) => void; everyMs: number; drawnMs: number }>();
  let requested = false;
  const again = () => {
    if (requested || asking.size === 0) return;
    requested = true;
    request(frame);
  };
  const frame = (nowMs: number) => {
    requested = false;
    for (const each of [...asking]) {
      if (!asking.has(each) || nowMs - each.drawnMs < each.everyMs) continue; // left meanwhile, or not yet
      asking.delete(each);
      each.drawnMs = nowMs;
      each.draw(nowMs);
    }
    again();
  };
  return {
    add(draw, everyMs = 0) {
      const own = { draw, everyMs, drawnMs: Number.NEGATIVE_INFINITY };
      return {
        ask() {
          asking.add(own);
          again();
        },
        leave: () => void asking.delete(own),
      };
    },
    drawNow(nowMs) {
      const all = [...asking];
      asking.clear();
      for (const each of all) each.draw(nowMs);
    },
  };
}

/** The tab's. A hidden tab has no frames: what asks there is drawn when somebody looks again. */
export const frames: FrameLoop = createFrameLoop((call) => requestAnimationFrame(call));
