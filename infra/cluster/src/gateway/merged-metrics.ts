/** The Prometheus text of one process. */
export interface ProcessMetrics {
  /** `registration-1`; becomes the label `process` of each of its values. */
  readonly process: string;
  readonly text: string;
}

interface Family {
  readonly head: string[];
  readonly values: string[];
}

const VALUE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const HEAD = /^# (?:HELP|TYPE) (\S+)/;

/** All processes in one text: each metric's help and type once, and the process on every value. */
export const mergeMetrics = (processes: readonly ProcessMetrics[]): string => {
  const families = new Map<string, Family>();
  const familyOf = (name: string): Family => {
    const family = families.get(name) ?? { head: [], values: [] };
    families.set(name, family);
    return family;
  };
  for (const { process, text } of processes)
    for (const line of text.split("\n")) {
      const ofHead = HEAD.exec(line)?.[1];
      if (ofHead !== undefined) {
        const { head } = familyOf(ofHead);
        if (!head.includes(line)) head.push(line);
        continue;
      }
      const [, name, labels = "", value = ""] = VALUE.exec(line) ?? [];
      if (name === undefined) continue;
      familyOf(name).values.push(`${name}{process="${process}"${labels === "" ? "" : `,${labels}`}} ${value}`);
    }
  return [...families.values()]
    .map(({ head, values }) => [...head, ...values].join("\n"))
    .join("\n")
    .concat("\n");
};
