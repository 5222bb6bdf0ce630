import { useState } from 'react';
import { later } from '../ui/later.tsx';
import { useLive } from '../ui/live/store.ts';
import { Section } from '../ui/section.tsx';
import { useWords } from '../ui/words/language.ts';

/** Fetched when somebody opens it. */
const Licences = later(() => import('./licences.tsx').then((module) => module.Licences));

export function About() {
  const w = useWords();
  const version = useLive(({ setup }) => setup?.version);
  const [open, setOpen] = useState(false);
  return (
    <Section title={w.settings.about}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-sm">
        <dt className="text-quiet">{w.settings.version}</dt>
        <dd className="num">Switchyard {version ?? w.common.none}</dd>
        <dt className="text-quiet">{w.settings.licence}</dt>
        <dd>MIT</dd>
      </dl>
      <button type="button" className="btn mt-4" onClick={() => setOpen(true)}>
        {w.settings.licencesOpen}
      </button>
      {open && <Licences onClose={() => setOpen(false)} />}
    </Section>
  );
}
