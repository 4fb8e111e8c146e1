/** What has happened, step by step: a hash of all of it, and the last steps in words. */
export interface Trace {
  add(step: number, at: number, label: string): void;
  /** More about the step that is under way: what was decided by chance, what an answer was. */
  note(text: string): void;
  /** Two runs with the same digest took the same steps. */
  digest(): string;
  last(): readonly string[];
}

/** Enough to see what led to a failure; a whole run has thousands. */
const LAST_STEPS = 60;

export const createTrace = (): Trace => {
  let low = 0x811c9dc5;
  let high = 0x1000193;
  const lines: string[] = [];
  let next = 0;

  const mix = (text: string): void => {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code, 0x85ebca6b) ^ (high >>> 13);
    }
  };
  const keep = (line: string): void => {
    lines[next % LAST_STEPS] = line;
    next += 1;
  };
  return {
    add(step, at, label) {
      const line = `${step} ${at} ${label}`;
      mix(line);
      keep(line);
    },
    note(text) {
      mix(text);
      keep(`    ${text}`);
    },
    digest: () => `${(high >>> 0).toString(16).padStart(8, "0")}${(low >>> 0).toString(16).padStart(8, "0")}`,
    last: () =>
      Array.from(
        { length: Math.min(next, LAST_STEPS) },
        (_, index) => lines[(next - Math.min(next, LAST_STEPS) + index) % LAST_STEPS] ?? "",
      ),
  };
};
