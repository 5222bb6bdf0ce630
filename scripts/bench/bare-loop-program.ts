import { join } from 'node:path';
import { openModelStore } from '../../server/application/model-store.ts';
import { openPictureStore } from '../../server/application/picture-store.ts';
import { bareLoop } from '../../server/hardware/onnx/bare-loop.ts';
import { defaultCacheDir } from '../../server/hardware/onnx/network-cache.ts';
import { root, temporaryFolder } from '../../server/test/product.ts';

// The bare loop as a program: hears one order, says one result.

process.once('message', async ({ order }: { order: { model: string; input: number }[] }) => {
  const folder = temporaryFolder();
  const models = openModelStore({ cacheDir: defaultCacheDir(), dataDir: folder.path });
  await models.ready;
  const samples = openPictureStore({ dataDir: folder.path, samplesDir: join(root, 'public/samples') });
  const used = new Set(order.map((job) => job.model));
  const result = await bareLoop({
    models: models
      .list()
      .flatMap((model) => (used.has(model.id) && model.file ? [{ id: model.id as string, file: model.file }] : [])),
    pictures: samples.list().map((picture) => picture.file),
    order,
    threads: 1,
  });
  folder.remove();
  process.send?.(result, () => process.exit(0));
});
