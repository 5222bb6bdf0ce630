import { useState } from 'react';
import type { Role, UserView } from '../../server/panel/wire.ts';
import { api } from '../ui/api.ts';
import { Confirm } from '../ui/confirm.tsx';
import { useLive } from '../ui/live/store.ts';
import { Section } from '../ui/section.tsx';
import { toast } from '../ui/toasts/toasts.ts';
import { Trouble } from '../ui/trouble.tsx';
import { useSnapshot } from '../ui/use-snapshot.ts';
import { useAccessWords } from './access-words.ts';
import { AddPerson } from './add-person.tsx';
import { NewPassword } from './new-password.tsx';
import { PersonRow } from './person-row.tsx';
import { ToldOnce } from './told-once.tsx';

/** What is being asked, of nobody or of one of them. */
type Asked =
  | { readonly what: 'add' }
  | { readonly what: 'told'; readonly name: string; readonly secret: string }
  | { readonly what: 'role'; readonly user: UserView; readonly role: Role }
  | { readonly what: 'password' | 'remove'; readonly user: UserView };

/** Who may come in, and what they may do. An admin's. */
export function People() {
  const a = useAccessWords();
  const me = useLive((live) => live.me?.name);
  const { data, error, reload } = useSnapshot<UserView[]>('/users');
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  /** Said, and asked of the board anew. */
  const done = (text: string | null) => {
    reload();
    close();
    if (text !== null) toast({ kind: 'good', text });
  };
  const given = (name: string, secret: string | null, text: string) => {
    done(secret === null ? text : null);
    if (secret !== null) setAsked({ what: 'told', name, secret });
  };
  return (
    <Section
      title={a.people.title}
      hint={a.people.hint}
      aside={
        <button type="button" className="btn" data-testid="people-add" onClick={() => setAsked({ what: 'add' })}>
          {a.people.add}
        </button>
      }
    >
      {error && <Trouble error={error} again={reload} />}
      <ul className="divide-y divide-line" data-testid="people">
        {data?.map((user) => (
          <PersonRow
            key={user.id}
            user={user}
            isMe={user.name === me}
            onRole={(role) => setAsked({ what: 'role', user, role })}
            onPassword={() => setAsked({ what: 'password', user })}
            onRemove={() => {
              reload(); // what would be lost is said as it is now
              setAsked({ what: 'remove', user });
            }}
          />
        ))}
      </ul>
      {asked?.what === 'add' && (
        <AddPerson
          onAdded={(user) => given(user.name, user.initialPassword, a.people.added(user.name))}
          onClose={close}
        />
      )}
      {asked?.what === 'told' && (
        <ToldOnce
          title={a.people.made(asked.name)}
          hint={a.people.madeHint(asked.name)}
          secret={asked.secret}
          onClose={close}
        />
      )}
      {asked?.what === 'password' && (
        <NewPassword
          user={asked.user}
          onSet={(initial) => given(asked.user.name, initial, a.people.changed(asked.user.name))}
          onClose={close}
        />
      )}
      {asked?.what === 'role' && (
        <Confirm
          question={a.people.roleQuestion(asked.user.name, a.short[asked.role])}
          yes={a.people.roleYes}
          onNo={close}
          onYes={async () => {
            await api.put(`/users/${asked.user.id}/role`, { role: asked.role });
            done(null);
          }}
        />
      )}
      {asked?.what === 'remove' && (
        <RemovePerson
          user={data?.find(({ id }) => id === asked.user.id) ?? asked.user}
          onNo={close}
          onDone={() => done(a.people.removed(asked.user.name))}
        />
      )}
    </Section>
  );
}

function RemovePerson({ user, onNo, onDone }: { readonly user: UserView; onNo(): void; onDone(): void }) {
  const { people } = useAccessWords();
  const lost = [
    people.sessions(user.sessions, String(user.sessions)),
    people.tokens(user.tokens, String(user.tokens)),
  ] as const;
  return (
    <Confirm
      question={people.removeQuestion(user.name, ...lost)}
      yes={people.removeOf(user.name)}
      onNo={onNo}
      onYes={async () => {
        await api.delete(`/users/${user.id}`);
        onDone();
      }}
    />
  );
}
