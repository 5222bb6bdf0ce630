import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { BareLoop } from '../../server/hardware/onnx/bare-loop.ts';
import type { BoardState, ExperimentView, JobLine, PictureView, RunDetail } from '../../server/panel/wire.ts';
import {
  claim,
  linesOf,
  type Person,
  type Product,
  posterRequest,
  root,
  startProduct,
  temporaryFolder,
  until,
  whenOver,
} from '../../server/test/product.ts';
import { median } from './median.ts';
import { openViewers } from './viewers.ts';

/** Long enough that one preemption by a neighbour of this machine is not the figure. */
const JOBS_OF_EACH = 20;

/**
 * A real experiment on this machine's CPU (1:1:1, one thread, depth 1) ÷ a bare ONNX Runtime loop over the same jobs in the
 * same order, the two interleaved, in one run of this benchmark; then the same with 20 socket clients and a browser watching.
 * Above each pair stand the viewers; the ratio is throughput ÷ throughput.
 */
export async function benchReal({ rounds }: { rounds: number }) {
  const folder = temporaryFolder();
  const product = await startProduct(folder.path);
  try {
    const ada = await claim(product);
    await until(
      async () =>
        (await ada.get<BoardState>('/board')).profiles.filter((p) => p.unit === 'machine.cpu').length === 3
          ? true
          : undefined,
      'a first profile',
      180_000,
    );
    const alone = await pairs(product, ada, rounds);
    const viewers = await openViewers(product.ready.url, ada.cookie());
    const watched = await pairs(product, ada, rounds);
    const seen = await viewers.close();
    return { jobs: JOBS_OF_EACH * 3, alone, watched: { ...watched, ...seen } };
  } finally {
    await product.stop();
    folder.remove();
  }
}

async function pairs(product: Product, ada: Person, rounds: number) {
  const ratios: number[] = [];
  const hops: number[] = [];
  const inferences: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { detail, lines } = await experiment(ada);
    const bare = await bareLoopOf(product, ada, lines);
    ratios.push(bare.totalMs / detail.makespanMs!); // the run is done
    inferences.push(bare.totalMs / lines.reduce((sum, line) => sum + line.endMs - line.startMs, 0));
    hops.push(detail.quality?.hopP50Us ?? Number.NaN);
  }
  const round4 = (value: number) => Number(value.toFixed(4));
  return {
    experimentOverBare: round4(median(ratios)),
    all: ratios.map(round4),
    inferencesAloneOverBare: round4(median(inferences)),
    hopP50Us: Math.round(median(hops)),
  };
}

async function experiment(ada: Person): Promise<{ detail: RunDetail; lines: JobLine[] }> {
  const asked = await ada.post<ExperimentView>('/experiments', posterRequest(JOBS_OF_EACH, { units: ['machine.cpu'] }));
  const view = await whenOver(ada, asked.id, 600_000);
  const run = view.runs[0]!.id; // one policy, one repeat
  return { detail: await ada.get<RunDetail>(`/runs/${run}`), lines: await linesOf(ada, run) };
}

/** In a process of its own, as the unit has one; the same order of models and pictures that the run had. */
async function bareLoopOf(product: Product, ada: Person, lines: readonly JobLine[]): Promise<BareLoop> {
  const pictures = (await ada.get<PictureView[]>('/pictures')).filter((picture) => picture.sample).length;
  const order = lines.map((line) => ({ model: line.model, input: line.job % pictures }));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'dist/bare-loop.js')], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      cwd: root,
    });
    child.once('message', (loop) => resolve(loop as BareLoop));
    child.once(
      'exit',
      (code) => code !== 0 && reject(new Error(`the bare loop ended with code ${code} beside ${product.ready.url}`)),
    );
    child.send({ order });
  });
}
