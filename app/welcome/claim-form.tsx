import { type FormEvent, useState } from 'react';
import { SHORTEST_PASSWORD } from '../../server/panel/password-length.ts';
import { api, Refused } from '../ui/api.ts';
import { Field } from '../ui/field.tsx';
import { sentenceOf, Trouble } from '../ui/trouble.tsx';
import type { Words } from '../ui/words/en.ts';
import { useWords } from '../ui/words/language.ts';

type FieldName = 'token' | 'name' | 'password' | 'password2';
type Errors = Partial<Record<FieldName | 'form', string>>;

interface Props {
  /** Whether this machine is to be measured as soon as somebody owns it. */
  readonly measure: boolean;
  readonly unreachable: unknown;
}

/** The token, and who one is; then to the board, or to the poster's comparison on its simulated units. */
export function ClaimForm({ measure, unreachable }: Props) {
  const w = useWords();
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const simulated = (event.nativeEvent as SubmitEvent).submitter?.getAttribute('value') === 'simulated';
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
      // It goes on by itself; that it cannot begin is no reason to stay outside.
      if (measure) await api.post('/boards/machine/measure', {}).catch(() => {});
      location.assign(simulated ? '/experiments/new?preset=poster' : '/');
    } catch (error) {
      setErrors(explained(error, w));
      setBusy(false);
    }
  };
  const trouble = errors.form ?? (unreachable ? sentenceOf(unreachable, w) : undefined);
  return (
    <form className="grid gap-4" noValidate aria-label={w.welcome.claim} onSubmit={(event) => void submit(event)}>
      <p className="text-sm text-quiet">{w.welcome.intro}</p>
      <Field
        data-testid="claim-token"
        name="token"
        className="font-mono text-sm"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="xxxxxxxx-xxxxxxxx-xxxxxxxx-xxxxxxxx"
        label={w.welcome.token}
        hint={w.welcome.tokenHint}
        error={errors.token}
      />
      <Field data-testid="claim-name" name="name" autoComplete="username" label={w.welcome.name} error={errors.name} />
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
      {trouble && <Trouble error={new Error(trouble)} />}
      <button type="submit" data-testid="claim-submit" className="btn btn-primary min-h-11" disabled={busy}>
        {busy ? w.welcome.busy : w.welcome.submit}
      </button>
      <div>
        <button
          type="submit"
          value="simulated"
          data-testid="claim-simulated"
          className="btn min-h-11 w-full"
          disabled={busy}
          aria-describedby="claim-simulated-hint"
        >
          {w.welcome.simulated}
        </button>
        <p id="claim-simulated-hint" className="mt-1.5 text-xs text-quiet">
          {w.welcome.simulatedHint}
        </p>
      </div>
    </form>
  );
}

function check(value: (name: FieldName) => string, w: Words): Errors {
  return {
    ...(value('token').trim() ? {} : { token: w.welcome.needed }),
    ...(value('name').trim() ? {} : { name: w.welcome.needed }),
    ...(value('password').length < SHORTEST_PASSWORD ? { password: w.welcome.tooShort } : {}),
    ...(value('password') !== value('password2') ? { password2: w.welcome.differ } : {}),
  };
}

function explained(error: unknown, w: Words): Errors {
  if (!(error instanceof Refused)) return { form: sentenceOf(error, w) };
  if (error.code === 'wrong_token') return { token: w.welcome.wrongToken };
  if (error.status === 429) return { form: w.login.wait };
  if (Object.keys(error.fields).length > 0) return error.fields as Errors;
  return { form: sentenceOf(error, w) };
}
