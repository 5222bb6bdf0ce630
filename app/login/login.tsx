'use client';

import { type FormEvent, useEffect, useState } from 'react';
import type { SetupState } from '../../server/panel/wire.ts';
import { api, Refused } from '../ui/api.ts';
import { Field } from '../ui/field.tsx';
import { useLive } from '../ui/live/store.ts';
import { DoorCard } from '../ui/shell/door-card.tsx';
import { sentenceOf } from '../ui/trouble.tsx';
import { useWords } from '../ui/words/language.ts';

export function Login() {
  const w = useWords();
  const [error, setError] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    api.get<SetupState>('/setup').then(
      (setup) => {
        useLive.setState({ setup });
        if (!setup.claimed) location.replace('/welcome');
      },
      () => {}, // signing in will say so
    );
  }, []);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    try {
      await api.post('/login', { name: String(form.get('name')).trim(), password: String(form.get('password')) });
      location.assign(nextPlace());
    } catch (error) {
      const status = error instanceof Refused ? error.status : -1;
      setError(status === 400 || status === 401 ? w.login.wrong : status === 429 ? w.login.wait : sentenceOf(error, w));
      setBusy(false);
    }
  };

  return (
    <DoorCard title={w.login.title}>
      <form className="mt-5 grid gap-4" onSubmit={(event) => void submit(event)}>
        <Field data-testid="login-name" name="name" required autoComplete="username" label={w.login.name} />
        <Field
          data-testid="login-password"
          name="password"
          type="password"
          required
          autoComplete="current-password"
          label={w.login.password}
          error={error}
        />
        <button type="submit" data-testid="login-submit" className="btn btn-primary min-h-11" disabled={busy}>
          {busy ? w.login.busy : w.login.submit}
        </button>
      </form>
    </DoorCard>
  );
}

/** Only a place in this house: "//elsewhere" and "https:" are not. */
function nextPlace(): string {
  const next = new URLSearchParams(location.search).get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}
