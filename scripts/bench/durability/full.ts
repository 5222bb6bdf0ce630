import { join } from 'node:path';
import type { ExperimentView, PresetView, SavedView } from '../../../server/panel/wire.ts';
import { claim, type Person, posterRequest, temporaryFolder, until, whenOver } from '../../../server/test/product.ts';
import { noSmallDisk, openSmallDisk, type SmallDisk } from '../../../server/test/small-disk.ts';
import { Unusable } from '../../unusable.ts';

const SIZE_MB = 280;
const WANTED = 300;

/** A disk of its own that fills while things are kept, and is freed again. */
export async function benchFull() {
  if (noSmallDisk) throw new Unusable(noSmallDisk);
  const folder = temporaryFolder();
  const disk = await openSmallDisk(join(folder.path, 'data'), SIZE_MB);
  const product = await disk.start();
  try {
    const person = await claim(product);
    const before = await person.post<ExperimentView>('/experiments', posterRequest(1));
    await whenOver(person, before.id);
    const meanwhile = await person.post<ExperimentView>('/experiments', posterRequest(20, { name: 'meanwhile' }));
    disk.fill(60 * 1024 ** 2);
    const belowWatermark = await answerOf(person, 'POST', '/experiments', posterRequest(1));
    const { acknowledged, refused, whileFull } = await keepAll(person, disk);
    const from = performance.now();
    await until(async () => (await fetch(`${product.ready.url}/readyz`)).ok || undefined, 'readiness');
    const readyAgainMs = Math.round(performance.now() - from);
    const views = await person.get<SavedView[]>('/views');
    const presets = await person.get<PresetView[]>('/presets');
    const names = new Set([...views, ...presets].map(({ name }) => name));
    return {
      acknowledged: acknowledged.length,
      kept: acknowledged.filter((name) => names.has(name)).length,
      twice: views.length + presets.length - names.size,
      refusedMeanwhile: refused,
      ...{ whileFull, belowWatermark, readyAgainMs },
      runningExperiment: (await whenOver(person, meanwhile.id)).status,
      sameProcess: product.child.exitCode === null,
    };
  } finally {
    await product.stop();
    disk.close();
    folder.remove();
  }
}

const REFUSALS = 10;

/** The disk fills after the first third, and is freed after some refusals. */
async function keepAll(person: Person, disk: SmallDisk) {
  const acknowledged: string[] = [];
  let refused = 0;
  let whileFull: Record<string, string> | null = null;
  for (let i = 0; acknowledged.length < WANTED; i++) {
    if (i === WANTED / 3) disk.fill(0);
    if (i === WANTED / 3 + 1) disk.fill(0); // also what was set aside for that
    const name = `kept ${i}`;
    const isView = acknowledged.length % 2 === 0;
    const body = isView ? { name, query: `sort=name&wide=${'x'.repeat(1500)}` } : { name, spec: posterRequest(1) };
    const { status } = await person.ask('POST', isView ? '/views' : '/presets', body);
    if (status === 201) acknowledged.push(name);
    else if (status === 507) refused++;
    else throw new Error(`${status} is no answer of a full disk`);
    if (refused < REFUSALS || whileFull) continue;
    whileFull = await whatAnswers(person);
    disk.empty();
  }
  return { acknowledged, refused, whileFull };
}

const READS = ['/runs', '/board', '/experiments/1', '/runs/1/jobs', '/storage', '/views'];

async function whatAnswers(person: Person): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const path of READS) answers[`GET ${path}`] = await answerOf(person, 'GET', path);
  answers['POST /experiments'] = await answerOf(person, 'POST', '/experiments', posterRequest(1));
  return answers;
}

async function answerOf(person: Person, method: string, path: string, body?: unknown): Promise<string> {
  const response = await person.ask(method, path, body);
  if (response.ok) return String(response.status);
  return `${response.status} ${((await response.json()) as { error: string }).error}`;
}
