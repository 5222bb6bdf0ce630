// Prometheus' text format, version 0.0.4: the few lines of it that are needed.

export interface Metric {
  text(): string;
}
type Labels = readonly string[];

export function createCounter(
  name: string,
  help: string,
  labels: Labels,
): Metric & { add(values: Labels, by: number): void } {
  const values = new Map<string, number>();
  return {
    add(of, by) {
      const key = labelled(labels, of);
      values.set(key, (values.get(key) ?? 0) + by);
    },
    text: () => head(name, help, 'counter') + [...values].map(([key, value]) => `${name}${key} ${value}\n`).join(''),
  };
}

export function createHistogram(
  name: string,
  help: string,
  labels: Labels,
  bounds: readonly number[],
): Metric & { observe(values: Labels, value: number): void } {
  interface Cell {
    readonly of: Labels;
    readonly buckets: number[];
    sum: number;
    count: number;
  }
  const cells = new Map<string, Cell>();
  const text = ({ of, buckets, sum, count }: Cell): string => {
    let below = 0;
    const lines = bounds.map((bound, i) => {
      below += buckets[i] ?? 0;
      return `${name}_bucket${labelled([...labels, 'le'], [...of, String(bound)])} ${below}\n`;
    });
    const all = `${name}_bucket${labelled([...labels, 'le'], [...of, '+Inf'])} ${count}\n`;
    const plain = labelled(labels, of);
    return `${lines.join('')}${all}${name}_sum${plain} ${sum}\n${name}_count${plain} ${count}\n`;
  };
  return {
    observe(of, value) {
      const key = of.join('\n');
      const cell = cells.get(key) ?? { of: [...of], buckets: bounds.map(() => 0), sum: 0, count: 0 };
      cells.set(key, cell);
      const at = bounds.findIndex((bound) => value <= bound);
      if (at >= 0) cell.buckets[at] = (cell.buckets[at] ?? 0) + 1;
      cell.sum += value;
      cell.count++;
    },
    text: () => head(name, help, 'histogram') + [...cells.values()].map(text).join(''),
  };
}

/** A value that is looked up when it is asked for. */
export function gauge(
  name: string,
  help: string,
  labels: Labels,
  values: readonly (readonly [Labels, number])[],
  type: 'gauge' | 'counter' = 'gauge',
): string {
  return head(name, help, type) + values.map(([of, value]) => `${name}${labelled(labels, of)} ${value}\n`).join('');
}

const head = (name: string, help: string, type: string): string => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;

function labelled(names: Labels, values: Labels): string {
  if (names.length === 0) return '';
  const escaped = (value: string) => value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
  return `{${names.map((name, i) => `${name}="${escaped(values[i] ?? '')}"`).join(',')}}`;
}
