import { useId } from 'react';
import { mayPass } from '../../server/panel/permissions.ts';
import type { Role } from '../../server/panel/wire.ts';
import { useAccessWords } from './access-words.ts';

/** The least first. */
export const ROLES: readonly Role[] = ['viewer', 'operator', 'admin'];

interface Props {
  readonly value: Role;
  /** What may be given at most. */
  readonly most: Role;
  onChange(role: Role): void;
}

export function RoleField({ value, most, onChange }: Props) {
  const a = useAccessWords();
  const id = useId();
  return (
    <div>
      <label className="label" htmlFor={id}>
        {a.role}
      </label>
      <select id={id} className="field" value={value} onChange={(event) => onChange(event.target.value as Role)}>
        {ROLES.filter((role) => mayPass(most, role)).map((role) => (
          <option key={role} value={role}>
            {a.roles[role]}
          </option>
        ))}
      </select>
    </div>
  );
}
