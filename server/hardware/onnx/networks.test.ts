import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pictureTensor } from '../computing/picture.ts';
import { topFive } from '../computing/top-five.ts';
import { cachedFile, cacheNetwork, defaultCacheDir, sha256OfMessage } from './network-cache.ts';
import { NETWORKS, SEED } from './networks.ts';
import { readModel } from './read-model.ts';
import { openSession, tensorOf } from './session.ts';
import { writeOnnx } from './write.ts';

const POSTER = { mobilenet_v2: 3_538_984, resnet50: 25_636_712, resnet101: 44_707_176 } as const;
const samples = new URL('../../../public/samples/', import.meta.url);
const sample = (name: string) => pictureTensor(new URL(name, samples).pathname);

for (const network of NETWORKS) {
  const bytes = () => {
    cacheNetwork(defaultCacheDir(), network);
    return readFileSync(cachedFile(defaultCacheDir(), network));
  };

  test(`the written file of ${network.name} has exactly as many parameters as the poster says`, () => {
    const facts = readModel(bytes());
    assert.deepEqual(facts, {
      ok: true,
      value: {
        ...{ parameters: POSTER[network.id as keyof typeof POSTER], weights: 'fp32' },
        ...{ height: 224, width: 224, classes: 1000 },
        inputs: [{ name: 'input', type: 'float32', shape: [1, 3, 224, 224] }],
        outputs: [{ name: 'logits', type: 'float32', shape: [1, 1000] }],
      },
    });
  });

  test(`${network.name} written twice from one seed is the same file, and the one that its digest names`, () => {
    const message = writeOnnx(network.draw(SEED));
    assert.equal(message.bytes, network.bytes);
    assert.equal(sha256OfMessage(message), network.sha256);
    assert.equal(bytes().length, network.bytes);
  });

  test(`${network.name} runs, and answers two pictures with different finite logits`, async () => {
    const session = await openSession(bytes(), 2);
    const answers = [];
    for (const name of ['cat.png', 'switchyard.jpg'])
      answers.push((await session.run(tensorOf(await sample(name), session))).logits);
    await session.release();
    for (const logits of answers) {
      assert.equal(logits.length, 1000);
      assert.ok(logits.every(Number.isFinite));
      assert.ok(Math.max(...logits) - Math.min(...logits) > 0.1, 'all classes alike');
    }
    const [cat, yard] = answers.map((logits) => topFive(logits)[0]?.logit ?? Number.NaN);
    assert.ok(Math.abs((cat ?? 0) - (yard ?? 0)) > 1e-3, 'the pictures are answered alike');
  });
}

test('another seed gives another file', () => {
  const [mobilenet] = NETWORKS;
  assert.ok(mobilenet);
  assert.notEqual(sha256OfMessage(writeOnnx(mobilenet.draw(2))), mobilenet.sha256);
});

test('the five likeliest classes come best first, whatever their order', () => {
  const logits = Float32Array.of(3, -1, 9, 4, 7, 8, 0);
  assert.deepEqual(
    topFive(logits).map((one) => one.index),
    [2, 5, 4, 3, 0],
  );
  assert.deepEqual(topFive(Float32Array.of(1, 2)), [
    { index: 1, logit: 2 },
    { index: 0, logit: 1 },
  ]);
});
