import { useEffect, useMemo, useRef } from 'react';
import type { LiveState } from '../../../server/panel/wire.ts';
import type { Present } from '../gantt/drawing.ts';
import type { Schedule } from '../gantt/schedule.ts';
import { statePulse } from './pulse.ts';
import { useLive } from './store.ts';

/** A unit's sampled state says little about jobs shorter than this; only longer ones are drawn before they end. */
const LONG_JOB_MS = 120;
/** Without word from the board time stands still: a chart that moves on without data would look live. */
const BELIEF_MS = 400;

/** The present of a run that goes on; null when it does not. */
export function usePresent(run: number, schedule: Schedule | null, live: boolean): Present | null {
  const heard = useRef<{ state: LiveState; atMs: number } | null>(null);
  useEffect(() => {
    const { state } = useLive.getState();
    if (state) heard.current = { state, atMs: performance.now() };
    return statePulse.hear((state) => {
      heard.current = { state, atMs: performance.now() };
    });
  }, []);
  return useMemo(() => {
    if (!live || !schedule) return null;
    return {
      nowMs() {
        const last = heard.current;
        if (last?.state.run?.run !== run) return schedule.endMs;
        const since = last.state.run.phase === 'running' ? Math.min(BELIEF_MS, performance.now() - last.atMs) : 0;
        return Math.max(schedule.endMs, last.state.run.elapsedMs + since);
      },
      open() {
        const state = heard.current?.state;
        if (state?.run?.run !== run) return null;
        const { elapsedMs } = state.run;
        return schedule.units.map(({ id }, index) => {
          const unit = state.units.find((unit) => unit.id === id);
          const track = schedule.tracks[index];
          const lastEnd = track && track.length > 0 ? (track.endMs[track.length - 1] ?? 0) : 0;
          if (unit?.status !== 'running' || elapsedMs - lastEnd < LONG_JOB_MS) return null;
          const model = schedule.models.findIndex((model) => model.id === unit.model);
          return model < 0 ? null : model;
        });
      },
    };
  }, [run, schedule, live]);
}
