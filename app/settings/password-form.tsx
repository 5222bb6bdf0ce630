import { type FormEvent, useState } from 'react';
import { SHORTEST_PASSWORD } from '../../server/panel/password-length.ts';
import { api, Refused } from '../ui/api.ts';
import { Field } from '../ui/field.tsx';
import { toast } from '../ui/toasts/toasts.ts';
import { sentenceOf, Trouble } from '../ui/trouble.tsx';
import type { Words } from '../ui/words/en.ts';
import { useWords } from '../ui/words/language.ts';

type FieldName = 'old' | 'password' | 'password2';
type Errors = Partial<Record<FieldName | 'form', string>>;

/** One's own password. `name` is for the browser that keeps passwords: it must know whose this is. */
export function PasswordForm({ name }: { readonly name: string }) {
  const w = useWords();
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const value = (field: FieldName) => String(data.get(field) ?? '');
    const wrong = check(value, w);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    try {
      await api.put('/password', { old: value('old'), password: value('password') });
      form.reset();
      toast({ kind: 'good', text: w.settings.passwordDone });
    } catch (error) {
      setErrors(explained(error, w));
    }
    setBusy(false);
  };
  return (
    <form className="grid gap-3" noValidate aria-label={w.settings.password} onSubmit={(event) => void submit(event)}>
      <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
      <Field
        name="old"
        type="password"
        autoComplete="current-password"
        label={w.settings.oldPassword}
        error={errors.old}
      />
      <Field
        name="password"
        type="password"
        autoComplete="new-password"
        label={w.settings.newPassword}
        hint={w.welcome.passwordHint}
        error={errors.password}
      />
      <Field
        name="password2"
        type="password"
        autoComplete="new-password"
        label={w.settings.newPassword2}
        error={errors.password2}
      />
      {errors.form && <Trouble error={new Error(errors.form)} />}
      <div>
        <button type="submit" className="btn" disabled={busy}>
          {busy ? w.settings.passwordBusy : w.settings.passwordSubmit}
        </button>
      </div>
    </form>
  );
}

function check(value: (name: FieldName) => string, w: Words): Errors {
  return {
    ...(value('old') ? {} : { old: w.welcome.needed }),
    ...(value('password').length < SHORTEST_PASSWORD
      ? { password: w.welcome.tooShort }
      : value('password') === value('old')
        ? { password: w.settings.passwordSame }
        : {}),
    ...(value('password') === value('password2') ? {} : { password2: w.welcome.differ }),
  };
}

function explained(error: unknown, w: Words): Errors {
  if (!(error instanceof Refused)) return { form: sentenceOf(error, w) };
  if (error.code === 'wrong_password') return { old: w.settings.passwordWrong };
  if (error.status === 429) return { form: w.login.wait };
  return { form: sentenceOf(error, w) };
}
