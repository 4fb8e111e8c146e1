type Labels = Readonly<Record<string, string>>;

interface Series {
  readonly help: string;
  readonly type: "counter" | "gauge";
  readonly values: Map<string, number>;
}

const labelText = (labels: Labels): string => {
  const entries = Object.entries(labels);
  if (entries.length === 0) return "";
  return `{${entries.map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, "_")}"`).join(",")}}`;
};

/** Counters and gauges in the Prometheus text format (version 0.0.4). Labels never hold personal data or ids. */
export const createMetrics = () => {
  const all = new Map<string, Series>();
  const probes: (() => void)[] = [];
  const seriesOf = (name: string, help: string, type: Series["type"]): Series => {
    const series = all.get(name) ?? { help, type, values: new Map<string, number>() };
    all.set(name, series);
    return series;
  };
  return {
    count(name: string, help: string, labels: Labels = {}, by = 1): void {
      const { values } = seriesOf(name, help, "counter");
      const key = labelText(labels);
      values.set(key, (values.get(key) ?? 0) + by);
    },
    gauge(name: string, help: string, value: number, labels: Labels = {}): void {
      seriesOf(name, help, "gauge").values.set(labelText(labels), value);
    },
    /** Called before each reading, for gauges that are looked up and not kept. */
    probe(look: () => void): void {
      probes.push(look);
    },
    text(): string {
      for (const look of probes) look();
      return [...all]
        .map(([name, { help, type, values }]) =>
          [
            `# HELP ${name} ${help}`,
            `# TYPE ${name} ${type}`,
            ...[...values].map(([key, value]) => `${name}${key} ${value}`),
          ].join("\n"),
        )
        .join("\n")
        .concat("\n");
    },
  };
};
export type Metrics = ReturnType<typeof createMetrics>;
