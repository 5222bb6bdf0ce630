import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HOLDERS, isBreach, isWrong, type Tried, tryDoors, type Who } from '../test/access-doors.ts';
import { PERMISSIONS } from './permissions.ts';
import { askAs, type ScratchPanel, scratchPanel } from './scratch.ts';
import type { Role } from './wire.ts';

let panel: ScratchPanel;
const tokens = {} as Record<Role, string>;
before(async () => {
  panel = await scratchPanel();
  for (const role of ['viewer', 'operator', 'admin'] as const) {
    const session = await panel.sessionOf(role);
    const made = await askAs(panel, session, 'POST', '/api/v1/tokens', { name: role, role });
    tokens[role] = JSON.parse(made.text).token;
  }
});
after(() => panel.close());

async function passOf(who: Who): Promise<string | null> {
  if (who === 'nobody' || who === 'guest') return null;
  const [role = '', isToken] = [who.replace('token of ', ''), who.startsWith('token of ')];
  return isToken ? tokens[role as Role] : panel.sessionOf(role as Role);
}

function check(tried: readonly Tried[]): void {
  assert.equal(tried.length, Object.keys(PERMISSIONS).length);
  assert.deepEqual(tried.filter(isBreach), []);
  assert.deepEqual(tried.filter(isWrong), []);
}

test('what anybody may ask is this, and nothing beside it', () => {
  const doors = Object.entries(PERMISSIONS).filter(([, needed]) => needed === 'anyone');
  assert.deepEqual(
    doors.map(([door]) => door),
    [
      ...['GET /healthz', 'GET /readyz', 'GET /ca.crt'],
      ...['GET /api/v1/setup', 'GET /api/v1/found', 'POST /api/v1/claim', 'POST /api/v1/login'],
    ],
  );
});

for (const who of ['nobody', ...HOLDERS] as const)
  test(`every route and event opens to ${who} exactly where the table says so`, async () =>
    check(await tryDoors(panel.url, who, passOf)));

test('where watching is open, a guest gets through exactly where a viewer only looks', async () => {
  await panel.history.db.accessRules.create({ data: { id: 1, openWatching: true } });
  check(await tryDoors(panel.url, 'guest', passOf));
});
