import { useState } from 'react';
import type { BoardView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { boardName } from '../ui/board-name.ts';
import { Confirm } from '../ui/confirm.tsx';
import { later } from '../ui/later.tsx';
import { refresh } from '../ui/live/socket.ts';
import { mayOperate, useLive } from '../ui/live/store.ts';
import { Simulated } from '../ui/simulated.tsx';
import { useWords } from '../ui/words/language.ts';
import { MeasureBoard } from './measure-board.tsx';
import { UnitCard } from './unit-card.tsx';

/** Fetched after what stands above it. */
const MachineLine = later(() => import('./machine-line.tsx').then((module) => module.MachineLine));
const OwnUnitButton = later(() => import('./own-unit-button.tsx').then((module) => module.OwnUnitButton));
/** Fetched when somebody opens it. */
const TimesSheet = later(() => import('./times-sheet.tsx').then((module) => module.TimesSheet));

interface Props {
  readonly boards: readonly BoardView[] | null;
  onUnit(id: string): void;
}

/** Boards beside each other as long as there is room, each as wide as it has units. */
export function BoardUnits({ boards, onUnit }: Props) {
  const operates = useLive(mayOperate);
  if (!boards) return <Skeleton />;
  return (
    <>
      <div className="flex flex-wrap gap-x-5 gap-y-5">
        {boards.map((board) => (
          <OneBoard key={board.id} board={board} onUnit={onUnit} />
        ))}
      </div>
      <div className="mt-2 flex min-h-9 flex-wrap items-center justify-between gap-x-4">
        <MachineLine />
        {operates && <OwnUnitButton />}
      </div>
    </>
  );
}

function OneBoard({ board, onUnit }: { readonly board: BoardView; onUnit(id: string): void }) {
  const w = useWords();
  const operates = useLive(mayOperate);
  const [removing, setRemoving] = useState(false);
  const [comparing, setComparing] = useState(false);
  const units = Math.max(1, board.units.length);
  return (
    <section
      className="min-w-0"
      style={{ flex: `${units} 1 ${Math.max(16, Math.min(units, 4) * 13)}rem` }}
      aria-labelledby={`board-${board.id}`}
    >
      <div className="flex min-h-9 items-center gap-2">
        <h2 id={`board-${board.id}`} className="min-w-0 truncate">
          {boardName(board, w)}
        </h2>
        {board.simulated && <Simulated source="simulated" />}
        {board.custom && operates && (
          <button type="button" className="btn btn-quiet btn-danger ml-auto px-2" onClick={() => setRemoving(true)}>
            {w.board.custom.remove}
          </button>
        )}
      </div>
      {board.units.length > 0 ? (
        <MeasureBoard board={board} onTimes={() => setComparing(true)} />
      ) : (
        <p className="text-sm text-quiet">{w.board.noUnits}</p>
      )}
      <div className="grid grid-cols-[repeat(auto-fit,minmax(10.5rem,1fr))] gap-3">
        {board.units.map((unit) => (
          <UnitCard key={unit.id} unit={unit} onOpen={() => onUnit(unit.id)} />
        ))}
      </div>
      {comparing && <TimesSheet board={board} onClose={() => setComparing(false)} />}
      {removing && (
        <Confirm
          question={w.board.custom.removeQuestion(boardName(board, w))}
          yes={w.board.custom.remove}
          onNo={() => setRemoving(false)}
          onYes={async () => {
            await api.delete(`/boards/${board.id}`);
            setRemoving(false);
            await refresh();
          }}
        />
      )}
    </section>
  );
}

/** As tall as what comes, so that nothing jumps. */
function Skeleton() {
  return (
    <div aria-hidden="true">
      <div className="skeleton mb-2 h-[4.5rem] w-48" />
      <div className="grid grid-cols-[repeat(auto-fit,minmax(10.5rem,1fr))] gap-3">
        {[0, 1, 2, 3, 4].map((i) => (
          <div key={i} className="card h-[10.25rem]" />
        ))}
      </div>
    </div>
  );
}
