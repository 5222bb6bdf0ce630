import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { pictureTensor } from '../../server/hardware/computing/picture.ts';
import { lower } from '../../server/hardware/networks/lower.ts';
import { NETWORKS, type Network, SEED } from '../../server/hardware/onnx/networks.ts';
import { writeObserved } from '../../server/hardware/onnx/write-lowered.ts';
import { root } from '../../server/test/product.ts';
import { SAMPLES } from './samples.ts';

/** The ranges that server/hardware/networks/ranges.ts holds: of every value of our networks, over the sample pictures, in FP32. */
export async function benchRanges(): Promise<Record<string, readonly number[]>> {
  const ranges: Record<string, readonly number[]> = {};
  for (const network of NETWORKS) ranges[network.id] = await rangesOf(network);
  return ranges;
}

async function rangesOf(network: Network): Promise<number[]> {
  const drawn = network.draw(SEED);
  const values = lower(drawn).length + 1;
  const session = await InferenceSession.create(Buffer.concat(writeObserved(drawn).pieces));
  const ends = Array.from({ length: values }, () => [0, 0] as [least: number, greatest: number]);
  for (const name of SAMPLES) {
    const planes = await pictureTensor(join(root, 'public/samples', name));
    const seen = await session.run({ input: new Tensor('float32', planes, [1, 3, drawn.size, drawn.size]) });
    for (const [n, [least, greatest]] of ends.entries())
      ends[n] = [
        Math.min(least, Number(seen[`least_${n}`]?.data[0] ?? 0)),
        Math.max(greatest, Number(seen[`greatest_${n}`]?.data[0] ?? 0)),
      ];
  }
  await session.release();
  return ends.flat().map((end) => Number(end.toPrecision(4)));
}
