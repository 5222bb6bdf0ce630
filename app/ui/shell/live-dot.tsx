import { useLive } from '../live/store.ts';
import { useFormat } from '../words/format.ts';
import { useWords } from '../words/language.ts';
import { useAge } from './use-age.ts';

/** Whether what is shown is now: said in words and by a shape, not by colour alone. */
export function LiveDot() {
  const w = useWords();
  const f = useFormat();
  const connection = useLive((live) => live.connection);
  const age = useAge();
  const live = connection === 'live';
  return (
    <span
      className={`chip shrink-0 ${live ? 'bg-good-soft text-good' : 'bg-warn-soft text-warn'}`}
      data-connection={connection}
    >
      <i aria-hidden="true" className={`size-2 rounded-full ${live ? 'bg-good' : 'border-2 border-warn'}`} />
      {live ? w.shell.live : connection === 'connecting' ? w.shell.connecting : w.shell.lost(f.clock(age))}
    </span>
  );
}
