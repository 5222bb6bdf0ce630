import * as z from 'zod';
import { type ExperimentSpec, experimentSpec } from '../application/experiment.ts';
import type { Access } from './access.ts';
import { type Door, PERMISSIONS } from './permissions.ts';
import { parse, Refusal } from './refusal.ts';
import type { Client } from './socket.ts';
import type { Visitor } from './visitor.ts';
import type { BrowserToServer, ExperimentView } from './wire.ts';

type EventName = keyof BrowserToServer;
/** What events set off outside the socket. */
export interface SocketEvents {
  launch(spec: ExperimentSpec, by: string): Promise<ExperimentView>;
  stop(experiment: number): Promise<void>;
}

const id = z.number().int().min(1).max(1e12);
const SCHEMAS = {
  watch: z.object({ run: id.nullable(), fromSeq: z.number().int().min(0).max(1e9) }),
  unwatch: z.object({}),
  'experiment:launch': experimentSpec,
  'experiment:stop': z.object({ experiment: id }),
} satisfies Record<EventName, z.ZodType>;

type Handlers = { [E in EventName]: (request: z.output<(typeof SCHEMAS)[E]>, visitor: Visitor) => unknown };

/** Every event: is the session alive, may it, is the request well formed; then an answer, and never a throw. */
export function wireEvents(
  client: Client,
  access: Access,
  events: SocketEvents,
  say: (sentence: string) => void,
): void {
  const { pacer } = client.data;
  const handlers: Handlers = {
    watch: ({ run, fromSeq }) => pacer.watch(run, fromSeq),
    unwatch: () => pacer.unwatch(),
    'experiment:launch': async (spec, { name }) => ({ experiment: await events.launch(spec, name) }),
    'experiment:stop': ({ experiment }) => events.stop(experiment),
  };
  for (const name of Object.keys(handlers) as EventName[])
    client.on(name, (...args: unknown[]) => void handle(client, access, name, handlers[name] as Handler, args, say));
}

type Handler = (request: unknown, visitor: Visitor) => unknown;

async function handle(
  client: Client,
  access: Access,
  name: EventName,
  handler: Handler,
  args: readonly unknown[],
  say: (sentence: string) => void,
): Promise<void> {
  const last = args.at(-1);
  const ack = typeof last === 'function' ? (last as (reply: object) => void) : () => {};
  try {
    const visitor = await access.visitor(client.request);
    await access.checkRight(PERMISSIONS[`socket ${name}` satisfies Door], visitor, client.request);
    const request = parse(SCHEMAS[name], typeof args[0] === 'function' ? undefined : args[0]);
    const answer = await handler(request, visitor ?? client.data.visitor);
    ack({ ok: true, ...(typeof answer === 'object' ? answer : {}) });
  } catch (error) {
    if (!(error instanceof Refusal)) say(`the event ${name} failed: ${(error as Error).stack ?? error}`);
    const sentence = error instanceof Refusal ? error.message : 'something went wrong inside';
    ack({ ok: false, error: sentence });
    if (error instanceof Refusal && error.code === 'login_required') client.disconnect(true);
  }
}
