import type { Role } from './wire.ts';

// Who may do what: one table for every door. A route or an event that is not in it does not exist.

/** `anyone`: nobody needs to have logged in. `machine`: from this machine itself, or logged in. */
export type Permission = 'anyone' | 'machine' | Role;

export const PERMISSIONS = {
  'GET /healthz': 'anyone',
  'GET /readyz': 'anyone',
  'GET /metrics': 'machine',
  'GET /api/v1/setup': 'anyone',
  'POST /api/v1/claim': 'anyone',
  'POST /api/v1/login': 'anyone',
  'POST /api/v1/logout': 'viewer',
  'GET /api/v1/me': 'viewer',
  'GET /api/v1/board': 'viewer',
  'POST /api/v1/boards': 'operator',
  'DELETE /api/v1/boards/:id': 'operator',
  'POST /api/v1/boards/:id/measure': 'operator',
  'DELETE /api/v1/boards/:id/measure': 'operator',
  'GET /api/v1/models': 'viewer',
  'POST /api/v1/models': 'operator',
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
  'GET /api/v1/views': 'viewer',
  'POST /api/v1/views': 'operator',
  'PUT /api/v1/views/:id': 'operator',
  'DELETE /api/v1/views/:id': 'operator',
  'GET /api/v1/runs/:id': 'viewer',
  'GET /api/v1/runs/:id/tombstone': 'viewer',
  'GET /api/v1/runs/:id/jobs': 'viewer',
  'GET /api/v1/runs/:id/trace': 'viewer',
  'GET /api/v1/runs/:id/race': 'viewer',
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
