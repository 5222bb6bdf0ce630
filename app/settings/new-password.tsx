import { type FormEvent, useState } from 'react';
import { SHORTEST_PASSWORD } from '../../server/panel/password-length.ts';
import type { InitialPassword, UserView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { Field } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { SheetFoot } from '../ui/sheet-foot.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useWords } from '../ui/words/language.ts';
import { useAccessWords } from './access-words.ts';

interface Props {
  readonly user: UserView;
  /** null: it was given, and there is nothing to tell. */
  onSet(initial: string | null): void;
  onClose(): void;
}

/** For somebody else, who has lost theirs. */
export function NewPassword({ user, onSet, onClose }: Props) {
  const w = useWords();
  const a = useAccessWords();
  const [wrong, setWrong] = useState<string | undefined>();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    const short = password !== '' && password.length < SHORTEST_PASSWORD;
    setWrong(short ? w.welcome.tooShort : undefined);
    setError(null);
    if (short) return;
    setBusy(true);
    try {
      const asked = { password: password === '' ? null : password };
      onSet((await api.put<InitialPassword>(`/users/${user.id}/password`, asked)).initialPassword);
    } catch (error) {
      setError(error);
      setBusy(false);
    }
  };
  return (
    <Sheet title={a.people.newPasswordFor(user.name)} onClose={onClose}>
      <form className="grid gap-3" noValidate onSubmit={(event) => void submit(event)}>
        <p>{a.people.newPasswordHint(user.name)}</p>
        <Field
          name="password"
          type="password"
          autoFocus
          autoComplete="new-password"
          label={a.people.newPassword}
          hint={a.people.passwordHint}
          error={wrong}
        />
        {error !== null && <Trouble error={error} />}
        <SheetFoot className="mt-2" submit={a.people.newPasswordSet} busy={busy} onClose={onClose} />
      </form>
    </Sheet>
  );
}
