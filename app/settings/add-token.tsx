import { type FormEvent, useId, useState } from 'react';
import type { Role, TokenAdded } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { Field } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { SheetFoot } from '../ui/sheet-foot.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useAccessWords } from './access-words.ts';
import { RoleField } from './role-field.tsx';

const ENDINGS = ['30', '90', '365', 'never'] as const;

interface Props {
  /** Of whoever creates it: it cannot have more. */
  readonly most: Role;
  onAdded(token: TokenAdded): void;
  onClose(): void;
}

export function AddToken({ most, onAdded, onClose }: Props) {
  const a = useAccessWords();
  const endsId = useId();
  const [role, setRole] = useState<Role>(most === 'viewer' ? 'viewer' : 'operator');
  const [ends, setEnds] = useState<(typeof ENDINGS)[number]>('90');
  const [wrong, setWrong] = useState<string | undefined>();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    setWrong(name ? undefined : a.people.empty);
    setError(null);
    if (!name) return;
    setBusy(true);
    try {
      const expiresInDays = ends === 'never' ? null : Number(ends);
      onAdded(await api.post<TokenAdded>('/tokens', { name, role, expiresInDays }));
    } catch (error) {
      setError(error);
      setBusy(false);
    }
  };
  return (
    <Sheet title={a.tokens.create} onClose={onClose}>
      <form className="grid gap-3" noValidate onSubmit={(event) => void submit(event)}>
        <Field
          name="name"
          label={a.name}
          hint={a.tokens.nameHint}
          autoComplete="off"
          autoFocus
          maxLength={64}
          error={wrong}
        />
        <RoleField value={role} most={most} onChange={setRole} />
        <div>
          <label className="label" htmlFor={endsId}>
            {a.tokens.ends}
          </label>
          <select
            id={endsId}
            className="field"
            value={ends}
            onChange={(event) => setEnds(event.target.value as (typeof ENDINGS)[number])}
          >
            {ENDINGS.map((ending) => (
              <option key={ending} value={ending}>
                {a.tokens.endings[ending]}
              </option>
            ))}
          </select>
        </div>
        {error !== null && <Trouble error={error} />}
        <SheetFoot
          className="mt-2"
          submit={busy ? a.tokens.creating : a.tokens.create}
          busy={busy}
          testId="token-create"
          onClose={onClose}
        />
      </form>
    </Sheet>
  );
}
