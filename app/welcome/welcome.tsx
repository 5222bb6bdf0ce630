'use client';

import Link from 'next/link';
import { type FormEvent, useEffect, useState } from 'react';
import type { SetupState } from '../../server/panel/wire.ts';
import { api, Refused } from '../ui/api.ts';
import { Field } from '../ui/field.tsx';
import { DoorCard } from '../ui/shell/door-card.tsx';
import { sentenceOf, Trouble } from '../ui/trouble.tsx';
import type { Words } from '../ui/words/en.ts';
import { useWords } from '../ui/words/language.ts';

const LEAST = 10;
type FieldName = 'token' | 'name' | 'password' | 'password2';
type Errors = Partial<Record<FieldName | 'form', string>>;

/** Shown once: whoever holds the token from the console becomes the owner. */
export function Welcome() {
  const w = useWords();
  const [claimed, setClaimed] = useState(false);
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    api.get<SetupState>('/setup').then(
      (setup) => setClaimed(setup.claimed),
      (error) => setErrors({ form: sentenceOf(error, w) }),
    );
  }, [w]);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: FieldName) => String(form.get(name) ?? '');
    const wrong = check(value, w);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    try {
      await api.post('/claim', {
        token: value('token').trim(),
        name: value('name').trim(),
        password: value('password'),
      });
      location.assign('/');
    } catch (error) {
      setErrors(explained(error, w));
      setBusy(false);
    }
  };

  if (claimed)
    return (
      <DoorCard title={w.welcome.title}>
        <p className="mt-2 text-quiet">{w.welcome.owned}</p>
        <Link href="/login" className="btn btn-primary mt-4">
          {w.welcome.toLogin}
        </Link>
      </DoorCard>
    );
  return (
    <DoorCard title={w.welcome.title}>
      <p className="mt-2 text-sm text-quiet">{w.welcome.intro}</p>
      <form className="mt-5 grid gap-4" noValidate onSubmit={(event) => void submit(event)}>
        <Field
          data-testid="claim-token"
          name="token"
          className="font-mono"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          label={w.welcome.token}
          hint={w.welcome.tokenHint}
          error={errors.token}
        />
        <Field
          data-testid="claim-name"
          name="name"
          autoComplete="username"
          label={w.welcome.name}
          error={errors.name}
        />
        <Field
          data-testid="claim-password"
          name="password"
          type="password"
          autoComplete="new-password"
          label={w.welcome.password}
          hint={w.welcome.passwordHint}
          error={errors.password}
        />
        <Field
          data-testid="claim-password2"
          name="password2"
          type="password"
          autoComplete="new-password"
          label={w.welcome.password2}
          error={errors.password2}
        />
        {errors.form && <Trouble error={new Error(errors.form)} />}
        <button type="submit" data-testid="claim-submit" className="btn btn-primary min-h-11" disabled={busy}>
          {busy ? w.welcome.busy : w.welcome.submit}
        </button>
      </form>
    </DoorCard>
  );
}

function check(value: (name: FieldName) => string, w: Words): Errors {
  return {
    ...(value('token').trim() ? {} : { token: w.welcome.needed }),
    ...(value('name').trim() ? {} : { name: w.welcome.needed }),
    ...(value('password').length < LEAST ? { password: w.welcome.tooShort } : {}),
    ...(value('password') !== value('password2') ? { password2: w.welcome.differ } : {}),
  };
}

function explained(error: unknown, w: Words): Errors {
  if (!(error instanceof Refused)) return { form: sentenceOf(error, w) };
  if (error.code === 'wrong_token') return { token: w.welcome.wrongToken };
  if (Object.keys(error.fields).length > 0) return error.fields as Errors;
  return { form: sentenceOf(error, w) };
}
