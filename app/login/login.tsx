'use client';

import { type FormEvent, useEffect, useState } from 'react';
import { SHORTEST_PASSWORD } from '../../server/panel/password-length.ts';
import type { SetupState } from '../../server/panel/wire.ts';
import { api, Refused } from '../ui/api.ts';
import { Field } from '../ui/field.tsx';
import { useLive } from '../ui/live/store.ts';
import { DoorCard } from '../ui/shell/door-card.tsx';
import { sentenceOf } from '../ui/trouble.tsx';
import type { Words } from '../ui/words/en.ts';
import { useWords } from '../ui/words/language.ts';

export function Login() {
  const w = useWords();
  const [error, setError] = useState<string | undefined>();
  const watching = useLive(({ setup }) => setup?.watching ?? false);
  const [choosing, setChoosing] = useState(false);
  const [wrong, setWrong] = useState<Wrong>({});
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
    const value = (name: string) => String(form.get(name) ?? '');
    if (choosing) {
      const wrong = checkChoice(value('newPassword'), value('newPassword2'), value('password'), w);
      setWrong(wrong);
      if (Object.keys(wrong).length > 0) return;
    }
    setBusy(true);
    try {
      const own = choosing ? { newPassword: value('newPassword') } : {};
      await api.post('/login', { name: value('name').trim(), password: value('password'), ...own });
      location.assign(nextPlace());
    } catch (error) {
      if (error instanceof Refused && error.code === 'password_change_required') {
        setChoosing(true);
        setError(undefined);
        return setBusy(false);
      }
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
        {choosing && <Choosing wrong={wrong} />}
        <button type="submit" data-testid="login-submit" className="btn btn-primary min-h-11" disabled={busy}>
          {busy ? w.login.busy : choosing ? w.login.chooseSubmit : w.login.submit}
        </button>
      </form>
      {watching && (
        <p className="mt-4 text-center text-sm">
          <a className="link inline-block py-2" href="/" data-testid="login-watch">
            {w.login.watch}
          </a>
        </p>
      )}
    </DoorCard>
  );
}

interface Wrong {
  readonly first?: string;
  readonly second?: string;
}

/** Somebody else has made the password: it opens nothing but this choice. */
function Choosing({ wrong }: { readonly wrong: Wrong }) {
  const w = useWords();
  return (
    <>
      <p role="status" className="rounded-lg bg-accent-soft px-3 py-2 text-sm">
        {w.login.choose}
      </p>
      <Field
        data-testid="login-new-password"
        name="newPassword"
        type="password"
        autoFocus
        autoComplete="new-password"
        label={w.settings.newPassword}
        hint={w.welcome.passwordHint}
        error={wrong.first}
      />
      <Field
        data-testid="login-new-password2"
        name="newPassword2"
        type="password"
        autoComplete="new-password"
        label={w.settings.newPassword2}
        error={wrong.second}
      />
    </>
  );
}

function checkChoice(first: string, second: string, initial: string, w: Words): Wrong {
  if (first.length < SHORTEST_PASSWORD) return { first: w.welcome.tooShort };
  if (first === initial) return { first: w.settings.passwordSame };
  return first === second ? {} : { second: w.welcome.differ };
}

/** Only a place in this house: "//elsewhere" and "https:" are not. */
function nextPlace(): string {
  const next = new URLSearchParams(location.search).get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}
