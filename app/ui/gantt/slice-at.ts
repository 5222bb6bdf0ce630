import { GAP, LANE, laneTop } from './paint.ts';
import type { Schedule } from './schedule.ts';
import type { Track } from './track.ts';
import type { View } from './view.ts';

export interface Hovered {
  readonly unit: number;
  readonly row: number;
  /** Share of the chart's width. */
  readonly x: number;
}

/** What is drawn at a point of the chart, or at most `slack` pixels beside it on the same lane. */
export function sliceAt(
  schedule: Schedule,
  view: View,
  at: { x: number; y: number },
  width: number,
  slack = 0,
): Hovered | null {
  const unit = Math.floor((at.y - laneTop(0)) / (LANE + GAP));
  const track = schedule.tracks[unit];
  const msPerPx = (view.toMs - view.fromMs) / width;
  const found = track ? nearestWithin(track, view.fromMs + at.x * msPerPx, slack * msPerPx) : -1;
  if (!track || found < 0) return null;
  return { unit, row: track.row[found] ?? 0, x: at.x / width };
}

/** Index of the slice at the moment, or of the closest that is at most `slackMs` away; −1 of none. */
function nearestWithin(track: Track, ms: number, slackMs: number): number {
  const exact = track.at(ms);
  if (exact >= 0 || slackMs === 0) return exact;
  const [first, end] = track.within(ms - slackMs, ms + slackMs);
  let found = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = first; i < end; i++) {
    const away = Math.max((track.beginMs[i] ?? 0) - ms, ms - (track.endMs[i] ?? 0));
    if (away >= least) continue;
    least = away;
    found = i;
  }
  return found;
}
