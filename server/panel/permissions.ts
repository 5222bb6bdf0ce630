import type { Role } from './wire.ts';

// Who may do what: one table for every door. A route or an event that is not in it does not exist.

/**
 * `anyone`: nobody needs to have logged in. `machine`: from this machine itself, or logged in. `in person`: by a session that a
 * password opened, and by nothing else. Where watching is open, guests get and hear what is a `viewer`'s.
 */
export type Permission = 'anyone' | 'machine' | Role | InPerson;
export type InPerson = 'viewer in person' | 'admin in person';

export const PERMISSIONS = {
  'GET /healthz': 'anyone',
  'GET /readyz': 'anyone',
  'GET /metrics': 'machine',
  'GET /ca.crt': 'anyone',
  'GET /api/v1/setup': 'anyone',
  'GET /api/v1/found': 'anyone',
  'POST /api/v1/claim': 'anyone',
  'POST /api/v1/login': 'anyone',
  'POST /api/v1/logout': 'viewer in person',
  'GET /api/v1/me': 'viewer',
  'PUT /api/v1/password': 'viewer in person',
  'DELETE /api/v1/sessions': 'viewer in person',
  'GET /api/v1/access': 'admin',
  'PUT /api/v1/access': 'admin in person',
  'GET /api/v1/tokens': 'viewer in person',
  'POST /api/v1/tokens': 'viewer in person',
  'DELETE /api/v1/tokens/:id': 'viewer in person',
  'GET /api/v1/users': 'admin in person',
  'POST /api/v1/users': 'admin in person',
  'PUT /api/v1/users/:id/role': 'admin in person',
  'PUT /api/v1/users/:id/password': 'admin in person',
  'DELETE /api/v1/users/:id': 'admin in person',
  'GET /api/v1/storage': 'admin',
  'GET /api/v1/backup': 'admin',
  'GET /api/v1/retention': 'admin',
  'PUT /api/v1/retention': 'admin',
  'GET /api/v1/restore': 'admin',
  'POST /api/v1/restore': 'admin',
  'DELETE /api/v1/restore': 'admin',
  'GET /api/v1/network': 'viewer',
  'GET /api/v1/diagnostics': 'admin',
  'GET /api/v1/doctor': 'operator',
  'GET /api/v1/board': 'viewer',
  'POST /api/v1/boards': 'operator',
  'DELETE /api/v1/boards/:id': 'operator',
  'POST /api/v1/boards/:id/measure': 'operator',
  'DELETE /api/v1/boards/:id/measure': 'operator',
  'POST /api/v1/boards/machine/units': 'operator',
  'PUT /api/v1/boards/machine/units/:id': 'operator',
  'DELETE /api/v1/boards/machine/units/:id': 'operator',
  'GET /api/v1/models': 'viewer',
  'GET /api/v1/models/:id': 'viewer',
  'POST /api/v1/models': 'operator',
  'POST /api/v1/models/:id/files': 'operator',
  'DELETE /api/v1/models/:id/files/:sha256': 'operator',
  'PUT /api/v1/models/:id/labels': 'operator',
  'DELETE /api/v1/models/:id': 'operator',
  'GET /api/v1/pictures': 'viewer',
  'POST /api/v1/pictures': 'operator',
  'GET /api/v1/pictures/:sha256': 'viewer',
  'DELETE /api/v1/pictures/:sha256': 'operator',
  'GET /api/v1/traces': 'viewer',
  'POST /api/v1/traces': 'operator',
  'GET /api/v1/traces/:sha256': 'viewer',
  'DELETE /api/v1/traces/:sha256': 'operator',
  'GET /api/v1/policies': 'viewer',
  'POST /api/v1/estimate': 'viewer',
  'POST /api/v1/experiments': 'operator',
  'GET /api/v1/experiments': 'viewer',
  'GET /api/v1/experiments/:id': 'viewer',
  'POST /api/v1/experiments/:id/stop': 'operator',
  'GET /api/v1/runs': 'viewer',
  'GET /api/v1/runs.csv': 'viewer',
  'GET /api/v1/runs.json': 'viewer',
  'GET /api/v1/run-values': 'viewer',
  'POST /api/v1/runs/tag': 'operator',
  'POST /api/v1/runs/archive': 'operator',
  'POST /api/v1/runs/delete': 'operator',
  'POST /api/v1/runs/rerun': 'operator',
  'PUT /api/v1/runs/:id/marks': 'operator',
  'GET /api/v1/presets': 'viewer',
  'POST /api/v1/presets': 'operator',
  'DELETE /api/v1/presets/:id': 'operator',
  'GET /api/v1/views': 'viewer',
  'POST /api/v1/views': 'operator',
  'PUT /api/v1/views/:id': 'operator',
  'DELETE /api/v1/views/:id': 'operator',
  'GET /api/v1/runs/:id': 'viewer',
  'GET /api/v1/runs/:id/tombstone': 'viewer',
  'GET /api/v1/runs/:id/jobs': 'viewer',
  'GET /api/v1/runs/:id/trace': 'viewer',
  'GET /api/v1/runs/:id/race': 'viewer',
  'GET /api/v1/profiles': 'viewer',
  'POST /api/v1/infer': 'operator',
  'GET /api/v1/units': 'viewer',
  'GET /api/v1/units/:id': 'viewer',
  'GET /api/v1/units/:id/events': 'viewer',
  'PUT /api/v1/units/:id/exclusion': 'operator',
  'DELETE /api/v1/units/:id/exclusion': 'operator',
  'POST /api/v1/units/:id/reset': 'operator',
  'POST /api/v1/units/:id/fault': 'operator',
  'POST /api/v1/units/:id/release': 'operator',
  'PUT /api/v1/units/:id/options': 'admin',
  'socket watch': 'viewer',
  'socket unwatch': 'viewer',
  'socket experiment:launch': 'operator',
  'socket experiment:stop': 'operator',
} as const satisfies Record<string, Permission>;
export type Door = keyof typeof PERMISSIONS;

const RANK: Record<Role, number> = { viewer: 1, operator: 2, admin: 3 };

export const mayPass = (role: Role, needed: Role): boolean => RANK[role] >= RANK[needed];

export const leastOf = (one: Role, other: Role): Role => (mayPass(one, other) ? other : one);

/** The role in a line of the table, and whether it must be had in person. */
export function rightIn(needed: Role | InPerson): { readonly role: Role; readonly inPerson: boolean } {
  if (needed === 'viewer in person') return { role: 'viewer', inPerson: true };
  if (needed === 'admin in person') return { role: 'admin', inPerson: true };
  return { role: needed, inPerson: false };
}
