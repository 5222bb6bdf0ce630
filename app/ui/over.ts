import type { Status } from '../../server/panel/wire.ts';

/** As server/application/experiment.ts has it; taken from there it would bring the whole schema, 24 KiB, to every page. */
export const isOver = (status: Status): boolean => status !== 'queued' && status !== 'running';
