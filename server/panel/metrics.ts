import type { Conductor } from '../application/conductor.ts';
import type { Change } from '../application/live.ts';
import { decodeTrace, OUTCOMES } from '../application/trace.ts';
import type { Announcer } from './announcer.ts';
import { createCounter, createHistogram, gauge } from './prometheus.ts';

type Rows = Extract<Change, { type: 'rows' }>;

/** Seconds; from a Coral's few milliseconds to a loaded queue. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Worked out once: it must not tremble from one scrape to the next. */
const STARTED_S = Date.now() / 1000 - process.uptime();

/** What Prometheus is told; counted from the same rows that are kept. */
export function createMetrics(parts: {
  readonly conductor: Pick<Conductor, 'on' | 'live'>;
  readonly announcer: Pick<Announcer, 'on'>;
  readonly clients: () => number;
  readonly version: string;
}): () => string {
  const count = createCounts();
  parts.conductor.on((change) => {
    if (change.type === 'rows') count.rows(change);
  });
  const runs = createCounter('switchyard_runs_total', 'Runs that came to an end.', ['policy', 'outcome']);
  parts.announcer.on((event) => {
    if (event.type === 'run' && event.run.endedAt) runs.add([event.run.policy, event.run.status], 1);
  });
  return () => [...count.text(), runs.text(), ...gauges(parts)].join('');
}

function createCounts() {
  const requests = createCounter('switchyard_inference_requests_total', 'Inferences by outcome.', [
    'model',
    'unit',
    'outcome',
  ]);
  const busy = createCounter('switchyard_unit_busy_seconds_total', 'Time that units spent on inferences.', ['unit']);
  const switches = createCounter('switchyard_model_switches_total', 'Models replaced on a unit.', ['unit']);
  const service = createHistogram('switchyard_inference_duration_seconds', 'Service time.', ['model', 'unit'], BUCKETS);
  const wait = createHistogram('switchyard_queue_wait_seconds', 'From arrival to dispatch.', ['model'], BUCKETS);
  const total = createHistogram('switchyard_request_duration_seconds', 'From arrival to end.', ['model'], BUCKETS);
  const all = [requests, busy, switches, service, wait, total];
  return {
    rows({ data, plan }: Rows) {
      const trace = decodeTrace(data);
      for (let row = 0; row < trace.rows; row++) {
        const model = plan.models[trace.model[row]!] ?? ''; // row < rows, here and below
        const unit = plan.units[trace.unit[row]!] ?? '';
        const outcome = OUTCOMES[trace.outcome[row]!] ?? 'failed';
        requests.add([model, unit, outcome], 1);
        if (outcome !== 'done') continue;
        const seconds = (from: Float64Array, to: Float64Array) => (to[row]! - from[row]!) / 1000;
        const served = seconds(trace.startMs, trace.endMs);
        busy.add([unit], served);
        switches.add([unit], trace.switched[row]!);
        service.observe([model, unit], served);
        wait.observe([model], seconds(trace.arrivalMs, trace.dispatchMs));
        total.observe([model], seconds(trace.arrivalMs, trace.endMs));
      }
    },
    text: () => all.map((each) => each.text()),
  };
}

function gauges({ conductor, clients, version }: Parameters<typeof createMetrics>[0]): string[] {
  const { units, run, queuedExperiments, machine } = conductor.live();
  const up = units.map(({ id, status }) => [[id], status === 'absent' || status === 'quarantined' ? 0 : 1] as const);
  const crashes = units.map((unit) => [[unit.id], unit.crashes] as const);
  const waiting = Object.entries(run?.waiting ?? {}).map(([model, jobs]) => [[model], jobs] as const);
  const { heapUsed, rss } = process.memoryUsage();
  const cpu = process.cpuUsage();
  return [
    gauge('switchyard_unit_up', 'Whether the unit can be given work.', ['unit'], up),
    gauge(
      'switchyard_unit_crashes_total',
      'Times that the unit process ended by itself.',
      ['unit'],
      crashes,
      'counter',
    ),
    gauge('switchyard_queue_depth', 'Jobs that wait.', ['model'], waiting),
    gauge('switchyard_experiments_waiting', 'Experiments in line for the board.', [], [[[], queuedExperiments]]),
    ...machineGauges(machine),
    gauge('switchyard_socket_clients', 'Browsers that watch.', [], [[[], clients()]]),
    gauge('switchyard_build_info', 'Always 1.', ['version'], [[[version], 1]]),
    gauge('process_resident_memory_bytes', 'Memory of the main process.', [], [[[], rss]]),
    gauge('nodejs_heap_used_bytes', 'JavaScript heap in use.', [], [[[], heapUsed]]),
    gauge(
      'process_cpu_seconds_total',
      'Processor time of the main process.',
      [],
      [[[], (cpu.user + cpu.system) / 1e6]],
      'counter',
    ),
    gauge('process_start_time_seconds', 'When the process began.', [], [[[], STARTED_S]]),
  ];
}

/** What its sensors do not say is left out. */
function machineGauges(machine: ReturnType<Conductor['live']>['machine']): string[] {
  if (!machine) return [];
  const hot = [
    ...machine.zones.map(({ type, temperatureC }) => [[type], temperatureC] as const),
    ...machine.sticks.flatMap(({ name, temperatureC }) =>
      temperatureC === null ? [] : [[[name], temperatureC] as const],
    ),
  ];
  const clocks = machine.clusters.flatMap(({ cores, clockMHz }) =>
    clockMHz === null ? [] : [[[cores], clockMHz * 1e6] as const],
  );
  return [
    ...(hot.length > 0 ? [gauge('switchyard_temperature_celsius', 'By what is measured.', ['zone'], hot)] : []),
    ...(clocks.length > 0 ? [gauge('switchyard_cpu_clock_hertz', 'Of the cores.', ['cores'], clocks)] : []),
    gauge('switchyard_throttled', 'Whether heat holds the clock down.', [], [[[], machine.throttled ? 1 : 0]]),
  ];
}
