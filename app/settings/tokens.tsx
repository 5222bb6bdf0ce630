import { useState } from 'react';
import type { TokenAdded, TokenView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { Confirm } from '../ui/confirm.tsx';
import { useLive } from '../ui/live/store.ts';
import { Section } from '../ui/section.tsx';
import { toast } from '../ui/toasts/toasts.ts';
import { Trouble } from '../ui/trouble.tsx';
import { useSnapshot } from '../ui/use-snapshot.ts';
import { useFormat } from '../ui/words/format.ts';
import { useAccessWords } from './access-words.ts';
import { AddToken } from './add-token.tsx';
import { ToldOnce } from './told-once.tsx';

/** What programs come in by: one's own, for an admin everybody's. */
export function Tokens() {
  const a = useAccessWords();
  const role = useLive((live) => live.me?.role ?? 'viewer');
  const { data, error, reload } = useSnapshot<TokenView[]>('/tokens');
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<TokenAdded | null>(null);
  const [revoking, setRevoking] = useState<TokenView | null>(null);
  return (
    <Section
      title={a.tokens.title}
      hint={role === 'admin' ? a.tokens.hintAdmin : a.tokens.hint}
      aside={
        <button type="button" className="btn" data-testid="tokens-add" onClick={() => setCreating(true)}>
          {a.tokens.create}
        </button>
      }
    >
      {error && <Trouble error={error} again={reload} />}
      {data?.length === 0 && <p className="text-sm text-quiet">{a.tokens.none}</p>}
      <ul className="divide-y divide-line" data-testid="tokens">
        {data?.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
        ))}
      </ul>
      {creating && (
        <AddToken
          most={role}
          onClose={() => setCreating(false)}
          onAdded={(token) => {
            setCreating(false);
            setMade(token);
            reload();
          }}
        />
      )}
      {made && (
        <ToldOnce
          title={a.tokens.made(made.name)}
          hint={a.tokens.madeHint}
          secret={made.token}
          onClose={() => setMade(null)}
        />
      )}
      {revoking && (
        <Confirm
          question={a.tokens.revokeQuestion(revoking.name)}
          yes={a.tokens.revoke}
          onNo={() => setRevoking(null)}
          onYes={async () => {
            await api.delete(`/tokens/${revoking.id}`);
            toast({ kind: 'good', text: a.tokens.revoked(revoking.name) });
            setRevoking(null);
            reload();
          }}
        />
      )}
    </Section>
  );
}

function TokenRow({ token, onRevoke }: { readonly token: TokenView; onRevoke(): void }) {
  const a = useAccessWords();
  const f = useFormat();
  const me = useLive((live) => live.me?.name);
  const { expiresAt, lastUsedAt } = token;
  const over = expiresAt !== null && Date.parse(expiresAt) <= Date.now();
  const used = lastUsedAt === null ? a.tokens.unused : a.tokens.used(f.since(lastUsedAt, Date.now()));
  const ends = expiresAt === null ? a.tokens.endsNever : (over ? a.tokens.over : a.tokens.endsAt)(f.date(expiresAt));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5" data-token={token.name}>
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <b className="min-w-0 font-semibold break-words">{token.name}</b>
          <span className="chip">{a.short[token.role]}</span>
          {token.user !== me && <span className="text-sm text-quiet">{a.tokens.by(token.user)}</span>}
        </p>
        <p className="num text-xs text-quiet">
          <code className="font-mono">{token.prefix}…</code> · {used} ·{' '}
          <span className={over ? 'text-bad' : ''}>{ends}</span>
        </p>
      </div>
      <button type="button" className="btn btn-danger" aria-label={a.tokens.revokeOf(token.name)} onClick={onRevoke}>
        {a.tokens.revoke}
      </button>
    </li>
  );
}
