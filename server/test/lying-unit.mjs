// A unit's process that lies in the way that it was told to (as its device): for tests of whoever supervises it.
import { writeSync } from 'node:fs';

const { device: lie } = JSON.parse(process.argv[2] ?? '{"device":"none"}');
const nowMs = () => Number(process.hrtime.bigint()) / 1e6;
const say = (message) => process.send(message);
const raw = (text) => writeSync(3, text);
let jobs = 0;
let last = null;

if (lie === 'leaves at once') process.exit(19); // ENODEV
if (lie === 'chatters') setInterval(() => say({ type: 'done', ref: 1e6, startMs: 1, endMs: 2, loadMs: 0 }), 1);

process.on('message', (message) => {
  if (message.type === 'open') say({ type: 'opened', pid: process.pid, info: 'a liar', simulated: true });
  if (message.type === 'run') say({ type: 'prepared', run: message.run });
  if (message.type === 'load') say({ type: 'loaded', ref: message.ref, ms: 0 });
  if (message.type === 'close') process.exit(0);
  if (message.type === 'infer') infer(message);
});
process.on('disconnect', () => process.exit(0));

function infer({ ref, atMs }) {
  const answer = { type: 'done', ref, startMs: atMs, endMs: nowMs(), loadMs: 0 };
  if (jobs++ === 0 && lie !== 'none') return lies(answer);
  say(answer);
  last = answer;
}

function lies(answer) {
  last = answer;
  const { ref, startMs, endMs } = answer;
  if (lie === 'half a frame') {
    raw('{"type":"done","ref":');
    process.kill(process.pid, 'SIGKILL');
  }
  if (lie === 'no frame') raw('this is no JSON\n');
  if (lie === 'another protocol') raw('{"cmd":"NODE_HANDLE","type":"net.Socket"}\n{"cmd":"NODE_HANDLE_NACK"}\n');
  if (lie === 'endless frame') raw(`"${'x'.repeat(1 << 20)}`);
  if (lie === 'wrong shape') say({ type: 'done', ref: 'first', startMs: null });
  if (lie === 'nothing at all') say(null);
  if (lie === 'before it was asked') say({ ...answer, startMs: startMs - 5000 });
  if (lie === 'not yet') say({ ...answer, endMs: endMs + 5000 });
  if (lie === 'long load') say({ ...answer, loadMs: 1e9 });
  if (lie === 'for somebody else') say({ ...answer, ref: ref + 1000 });
  if (lie === 'out of memory') process.kill(process.pid, 'SIGKILL'); // as the kernel does
  if (lie === 'twice') for (let i = 0; i < 3; i++) say(last);
}
