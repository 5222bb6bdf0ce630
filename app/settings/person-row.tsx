import type { Role, UserView } from '../../server/panel/wire.ts';
import { useFormat } from '../ui/words/format.ts';
import { useAccessWords } from './access-words.ts';
import { ROLES } from './role-field.tsx';

interface Props {
  readonly user: UserView;
  readonly isMe: boolean;
  onRole(role: Role): void;
  onPassword(): void;
  onRemove(): void;
}

/** One person, and what can be done about them: nothing, where it is the owner or oneself. */
export function PersonRow({ user, isMe, onRole, onPassword, onRemove }: Props) {
  const a = useAccessWords();
  const f = useFormat();
  const fixed = user.owner || isMe;
  const seen =
    user.sessions > 0 && a.people.signedIn(user.sessions, f.number(user.sessions), f.since(user.seenAt, Date.now()));
  const tokens = user.tokens > 0 && a.people.tokens(user.tokens, f.number(user.tokens));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5" data-person={user.name}>
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <b className="min-w-0 font-semibold break-words">{user.name}</b>
          {user.owner && <span className="chip">{a.people.owner}</span>}
          {isMe && <span className="chip">{a.people.you}</span>}
        </p>
        <p className="num text-xs text-quiet">
          {[seen || a.people.signedOut, tokens].filter(Boolean).join(' · ')}
          {user.initial && <span className="block text-warn">{a.people.waiting}</span>}
        </p>
      </div>
      {fixed ? (
        <span className="text-sm text-quiet">{a.short[user.role]}</span>
      ) : (
        <div className="flex items-center gap-2 max-sm:w-full">
          <select
            className="field w-auto max-sm:min-w-0 max-sm:flex-1"
            aria-label={a.people.roleOf(user.name)}
            value={user.role}
            onChange={(event) => onRole(event.target.value as Role)}
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {a.short[role]}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="btn max-sm:px-2"
            aria-label={a.people.newPasswordFor(user.name)}
            onClick={onPassword}
          >
            {a.people.newPassword}
          </button>
          <button
            type="button"
            className="btn btn-danger max-sm:px-2"
            aria-label={a.people.removeOf(user.name)}
            onClick={onRemove}
          >
            {a.people.remove}
          </button>
        </div>
      )}
    </li>
  );
}
