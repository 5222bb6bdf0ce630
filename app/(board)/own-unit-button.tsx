import { useState } from 'react';
import type { UnitView } from '../../server/panel/wire.ts';
import { useSpoken } from '../ui/words/language.ts';
import { OwnUnitSheet } from './own-unit.tsx';
import { OWN_UNIT_WORDS } from './own-unit-words.ts';

/** Opens the sheet of a new simulated unit of this machine, or of one that is there. */
export function OwnUnitButton({ unit }: { readonly unit?: UnitView }) {
  const words = OWN_UNIT_WORDS[useSpoken().language];
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button type="button" className="btn btn-quiet min-h-8 px-2" onClick={() => setOpened(true)}>
        {unit ? words.change : words.add}
      </button>
      {opened && <OwnUnitSheet {...(unit && { unit })} onClose={() => setOpened(false)} />}
    </>
  );
}
