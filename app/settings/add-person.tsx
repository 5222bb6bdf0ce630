import { type FormEvent, useState } from 'react';
import { SHORTEST_PASSWORD } from '../../server/panel/password-length.ts';
import type { Role, UserAdded } from '../../server/panel/wire.ts';
import { api, Refused } from '../ui/api.ts';
import { Field } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { SheetFoot } from '../ui/sheet-foot.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useWords } from '../ui/words/language.ts';
import { useAccessWords } from './access-words.ts';
import { RoleField } from './role-field.tsx';

interface Props {
  onAdded(user: UserAdded): void;
  onClose(): void;
}

/** A name, a role, and a password that is given or made. */
export function AddPerson({ onAdded, onClose }: Props) {
  const w = useWords();
  const a = useAccessWords();
  const [role, setRole] = useState<Role>('operator');
  const [wrong, setWrong] = useState<{ readonly name?: string; readonly password?: string }>({});
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = String(form.get('name')).trim();
    const password = String(form.get('password'));
    const short = password !== '' && password.length < SHORTEST_PASSWORD;
    const found = { ...(name ? {} : { name: a.people.empty }), ...(short ? { password: w.welcome.tooShort } : {}) };
    setWrong(found);
    setError(null);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      onAdded(await api.post<UserAdded>('/users', { name, role, password: password === '' ? null : password }));
    } catch (error) {
      if (error instanceof Refused && error.status === 409 && error.fields.name) setWrong({ name: a.people.taken });
      else setError(error);
      setBusy(false);
    }
  };
  return (
    <Sheet title={a.people.add} onClose={onClose}>
      <form className="grid gap-3" noValidate onSubmit={(event) => void submit(event)}>
        <Field name="name" label={a.name} autoComplete="off" autoFocus maxLength={64} error={wrong.name} />
        <RoleField value={role} most="admin" onChange={setRole} />
        <Field
          name="password"
          type="password"
          autoComplete="new-password"
          label={a.people.password}
          hint={a.people.passwordHint}
          error={wrong.password}
        />
        {error !== null && <Trouble error={error} />}
        <SheetFoot
          className="mt-2"
          submit={busy ? a.people.adding : a.people.add}
          busy={busy}
          testId="person-add"
          onClose={onClose}
        />
      </form>
    </Sheet>
  );
}
