import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { PERMISSIONS } from '../panel/permissions.ts';
import { HTTP_DOORS } from './bad-input/doors.ts';
import { attackerAt, casesOf, faultIn } from './bad-input/http-attack.ts';
import { SOCKET_EVENTS, socketAttackerAt, socketCase } from './bad-input/socket-attack.ts';
import { claim, type Person, type Product, posterRequest, startProduct, temporaryFolder, whenOver } from './product.ts';

// Whatever comes in, the answer is one sentence with a code, and the server is the process that it was.

const folder = temporaryFolder();
let product: Product;
let ada: Person;

before(async () => {
  product = await startProduct(folder.path);
  ada = await claim(product);
  const { id } = await ada.post<{ id: number }>('/experiments', posterRequest(1));
  await whenOver(ada, id);
});
after(async () => {
  await product.stop();
  folder.remove();
});

async function stillWell() {
  assert.equal(product.child.exitCode ?? product.child.signalCode, null, product.log());
  process.kill(product.ready.pid, 0);
  assert.equal((await ada.ask('GET', '/board')).status, 200);
  assert.doesNotMatch(product.log(), /failed: .*Error/);
}

test('every door that takes a body is attacked', () => {
  const taking = Object.keys(PERMISSIONS).filter((door) => /^(POST|PUT) /.test(door));
  const attacked = new Set(HTTP_DOORS.map(({ door }) => door));
  assert.deepEqual(
    taking.filter((door) => !attacked.has(door)),
    [],
  );
  assert.deepEqual(
    [...attacked].filter((door) => !Object.hasOwn(PERMISSIONS, door)),
    [],
  );
});

for (const door of HTTP_DOORS)
  test(`${door.door}: what is nearly right is refused in a sentence, with a code`, async (t) => {
    const attacker = await attackerAt(product, door.endsSession);
    t.after(attacker.close);
    const property = fc.asyncProperty(casesOf(door), async (one) => {
      const answered = await attacker.ask(one);
      await attacker.tidy(one, answered);
      assert.equal(faultIn(answered, product, folder.path), null);
    });
    await fc.assert(property, { numRuns: Math.ceil(80 * (door.share ?? 1)), seed: 11 });
    await stillWell();
  });

test('every event of the socket is attacked', () => {
  const events = Object.keys(PERMISSIONS).filter((door) => door.startsWith('socket '));
  assert.deepEqual(
    events.map((door) => door.slice('socket '.length)),
    Object.keys(SOCKET_EVENTS),
  );
});

test('events, packets and acknowledgements that nobody would send are refused, and the next is served', async (t) => {
  const attacker = socketAttackerAt(product, ada, folder.path);
  t.after(attacker.close);
  const property = fc.asyncProperty(socketCase, async (one) => {
    assert.equal(await attacker.attack(one), null);
  });
  await fc.assert(property, { numRuns: 600, seed: 12 });
  assert.ok(attacker.closed() > 0, 'no packet was bad enough to be cut off for');
  await stillWell();
});
