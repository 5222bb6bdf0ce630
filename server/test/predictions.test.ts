import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policyNames } from '../scheduling/policies/index.ts';
import { claim, posterRequest, startProduct, temporaryFolder } from './product.ts';

test('a prediction of a million jobs under every policy keeps nobody else waiting, and too many of them are told to come again', async (t) => {
  const folder = temporaryFolder();
  const product = await startProduct(folder.path);
  t.after(async () => {
    await product.stop();
    folder.remove();
  });
  const ada = await claim(product);
  const models = ['mobilenet_v2', 'resnet50', 'resnet101'].map((id) => ({ id, jobs: 333_000 }));
  const large = posterRequest(1, { policies: policyNames(), models });
  await ada.post('/estimate', posterRequest(1)); // the thread is there
  let answered = false;
  const asked = ada.ask('POST', '/estimate', large).then((response) => {
    answered = true;
    return response.status;
  });
  let others = 0;
  for (; !answered; others++) assert.equal((await ada.ask('GET', '/me')).status, 200);
  assert.equal(await asked, 200);
  assert.ok(others > 5, `${others} other questions were answered meanwhile`);
  const crowd = await Promise.all(
    Array.from({ length: 60 }, () => ada.ask('POST', '/estimate', posterRequest(1000, { policies: policyNames() }))),
  );
  const refused = crowd.filter(({ status }) => status !== 200);
  assert.ok(refused.length > 0 && refused.length < 60, `${refused.length} of 60 were refused`);
  for (const { status, headers } of refused) assert.deepEqual([status, headers.get('retry-after')], [503, '30']);
});
