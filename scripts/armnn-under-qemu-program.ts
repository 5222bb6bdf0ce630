import { readFileSync } from 'node:fs';
import { openArmnn } from '../server/hardware/armnn/library.ts';
import { armnnRuntime } from '../server/hardware/armnn/runtime.ts';
import { createDraw } from '../server/hardware/networks/draw.ts';
import { openTflite } from '../server/hardware/tflite/library.ts';
import { tfliteRuntime } from '../server/hardware/tflite/runtime.ts';

//   program armnn|tflite <library> <model> <pictures>   computes noise and prints logits: one line of JSON

const [kind, library = '', model = '', pictures = '1'] = process.argv.slice(2);
const runtime = kind === 'armnn' ? armnnRuntime(openArmnn([library]), 'CpuAcc') : tfliteRuntime(openTflite([library]));
const session = await runtime.open(readFileSync(model), 2);
const noise = createDraw(7);
const logits: number[][] = [];
for (let picture = 0; picture < Number(pictures); picture++) {
  const planes = noise(3 * session.width * session.height, -2, 2);
  logits.push([...(await session.run(runtime.picture(planes, session))).logits]);
}
console.log(JSON.stringify({ name: runtime.name(), placement: session.placement ?? null, logits }));
process.exit(0);
