import { useState } from 'react';
import { signOutEverywhere } from '../ui/api.ts';
import { Confirm } from '../ui/confirm.tsx';
import { useLive } from '../ui/live/store.ts';
import { Section } from '../ui/section.tsx';
import { useWords } from '../ui/words/language.ts';
import { PasswordForm } from './password-form.tsx';

/** Who one is, one's password, and the way out of every place where one is signed in. */
export function Account() {
  const w = useWords();
  const me = useLive((live) => live.me);
  const [leaving, setLeaving] = useState(false);
  return (
    <Section title={w.settings.account} hint={me && w.settings.signedInAs(me.name, w.shell.role[me.role])}>
      <PasswordForm name={me?.name ?? ''} />
      <div className="mt-5 border-t border-line pt-4">
        <p className="mb-2 text-sm text-quiet">{w.settings.everywhereHint}</p>
        <button type="button" className="btn btn-danger" onClick={() => setLeaving(true)}>
          {w.settings.everywhere}
        </button>
      </div>
      {leaving && (
        <Confirm
          question={w.settings.everywhereQuestion}
          yes={w.settings.everywhere}
          onNo={() => setLeaving(false)}
          onYes={signOutEverywhere}
        />
      )}
    </Section>
  );
}
