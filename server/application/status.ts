/** Life of an experiment and of a run: queued → running → done | stopped | failed | interrupted (the server ended while it ran; what it had is kept). */
export type Status = 'queued' | 'running' | 'done' | 'stopped' | 'failed' | 'interrupted';
export const isOver = (status: Status): boolean => status !== 'queued' && status !== 'running';
