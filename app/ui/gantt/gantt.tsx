'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { later } from '../later.tsx';
import { useWords } from '../words/language.ts';
import { keepPainted, type Present } from './drawing.ts';
import { listenTo, pressed } from './gestures.ts';
import { Lanes } from './lanes.tsx';
import { Legend } from './legend.tsx';
import type { Mark } from './marks.ts';
import { heightFor } from './paint.ts';
import { bringIntoView, createPin, type Pin, type Step, stepFrom } from './pin.ts';
import type { Schedule } from './schedule.ts';
import { type Hovered, sliceAt } from './slice-at.ts';
import { Toolbar } from './toolbar.tsx';
import { useGanttSummary } from './use-gantt-summary.ts';
import { usePinned } from './use-pinned.ts';
import { createView, type View } from './view.ts';
import type { Waiting } from './waiting.ts';

// Fetched when somebody asks for them.
const HoverCard = later(() => import('./hover-card.tsx').then((module) => module.HoverCard));
const WhyPanel = later(() => import('./why-panel.tsx').then((module) => module.WhyPanel));
const SelectionBar = later(() => import('./selection-bar.tsx').then((module) => module.SelectionBar));
const GanttTable = later(() => import('./gantt-table.tsx').then((module) => module.GanttTable));

interface Props {
  readonly schedule: Schedule;
  /** Shared by charts that move together; without one the chart has its own. */
  readonly view?: View;
  /** The slice that is explained; without one the chart has its own. */
  readonly pin?: Pin;
  /** What befell its units. */
  readonly marks?: readonly Mark[];
  /** How many jobs waited: a lane of its own. */
  readonly waiting?: Waiting | null;
  /** Given while the run goes on. */
  readonly present?: Present | null;
  /** Only to look at: no toolbar, no gestures. */
  readonly still?: boolean;
  readonly legend?: boolean;
  /** Of charts that share a view one is enough. */
  readonly toolbar?: boolean;
}

const NONE: readonly Mark[] = [];

/** How far beside a slice a click, or a finger, still means it; CSS pixels. */
const MOUSE_PX = 3;
const FINGER_PX = 14;

/** Who did what and when: one lane per unit, time from left to right. */
export function Gantt(props: Props) {
  const { schedule, view: shared, pin: kept, present = null, still = false, legend = true, toolbar = true } = props;
  const { marks = NONE, waiting = null } = props;
  const w = useWords();
  const own = useMemo(() => shared ?? createView(present ? 'follow' : 'fit'), [shared, present]);
  const pin = useMemo(() => kept ?? createPin(), [kept]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pinned = usePinned(pin);
  const chosen = useChosen(own);
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const [selecting, setSelecting] = useState(false);
  const [asTable, setAsTable] = useState(false);
  const picks = useRef(selecting);
  picks.current = selecting;
  const summary = useGanttSummary(schedule, marks);
  const scene = useRef({ marks, waiting });
  scene.current = { marks, waiting };
  const lanes = schedule.tracks.length + (waiting ? 1 : 0);

  useEffect(() => {
    if (!canvas.current || asTable) return;
    return keepPainted(canvas.current, schedule, own, present, pin, () => scene.current, lanes);
  }, [schedule, own, present, asTable, pin, lanes]);
  useEffect(
    () =>
      schedule.hearForget((rows) => {
        pin.forget(rows);
        setHovered(null);
      }),
    [schedule, pin],
  );
  useEffect(() => {
    if (!canvas.current || still || asTable) return;
    const width = () => canvas.current?.clientWidth ?? 1;
    return listenTo(canvas.current, own, {
      selecting: () => picks.current,
      hover: (at) => setHovered(at && sliceAt(schedule, own, at, width())),
      tap: (at, finger) => pin.set(sliceAt(schedule, own, at, width(), finger ? FINGER_PX : MOUSE_PX)?.row ?? null),
    });
  }, [schedule, own, pin, still, asTable]);

  const pinKeys = {
    get pinned() {
      return pin.row !== null;
    },
    go(step: Step) {
      const row = stepFrom(schedule, own, pin.row, step);
      if (row === null) return;
      setHovered(null);
      pin.set(row);
      bringIntoView(schedule, own, row);
    },
    close: () => pin.set(null),
  };
  const height = heightFor(lanes);
  return (
    <div className="min-w-0">
      {!still && toolbar && (
        <Toolbar
          view={own}
          live={present !== null}
          selecting={selecting}
          onSelecting={setSelecting}
          asTable={asTable}
          onTable={setAsTable}
        />
      )}
      {asTable ? (
        <GanttTable schedule={schedule} view={own} />
      ) : (
        <div className="relative grid grid-cols-[5.5rem_minmax(0,1fr)] sm:grid-cols-[9.5rem_minmax(0,1fr)]">
          <Lanes schedule={schedule} waiting={waiting !== null} />
          <canvas
            ref={canvas}
            data-testid="gantt"
            role="img"
            aria-label={summary}
            tabIndex={still ? -1 : 0}
            onKeyDown={(event) => {
              if (still || event.ctrlKey || event.metaKey || event.altKey) return;
              if (pressed(event.key, own, pinKeys)) event.preventDefault();
            }}
            className="block w-full touch-pan-y"
            style={{ height }}
          />
          {/* Of the pinned slice the panel says it all, and the card would cover it. */}
          {hovered && hovered.row !== pinned && <HoverCard hovered={hovered} schedule={schedule} />}
          {schedule.endMs === 0 && !present && (
            <p className="absolute inset-0 grid place-items-center text-sm text-quiet">{w.gantt.empty}</p>
          )}
        </div>
      )}
      {!still && !asTable && pinned !== null && <WhyPanel schedule={schedule} view={own} pin={pin} />}
      {!still && !asTable && chosen && <SelectionBar schedule={schedule} view={own} />}
      {legend && <Legend schedule={schedule} marks={marks} hint={!still} />}
    </div>
  );
}

/** Whether a stretch is selected; which one is of no concern here. */
function useChosen(view: View): boolean {
  const [chosen, setChosen] = useState(view.selection !== null);
  useEffect(() => view.hear(() => setChosen(view.selection !== null)), [view]);
  return chosen;
}
