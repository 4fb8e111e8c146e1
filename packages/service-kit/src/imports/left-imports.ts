import type { Environment } from "@safar/kernel";
import type { ImportRow } from "./imports-table.ts";
import { LEFT_AFTER_MS } from "./limits.ts";

interface Seen {
  readonly judged: number;
  /** Monotonic milliseconds: another machine's clock says nothing here. */
  readonly since: number;
}

/** Watches imports at work, and tells those that nobody has brought further for a while. */
export const createLeftImports = (clock: Environment["clock"]) => {
  let seen = new Map<string, Seen>();
  return {
    /** @param running every import at work now, as the table has it */
    among(running: readonly { readonly key: string; readonly row: ImportRow }[]): readonly string[] {
      const now = clock.monotonic();
      const next = new Map<string, Seen>();
      const left: string[] = [];
      for (const { key, row } of running) {
        const judged = row.judged ?? 0;
        const before = seen.get(key);
        const isStill = before?.judged === judged;
        if (isStill && now - before.since >= LEFT_AFTER_MS) left.push(key);
        next.set(key, isStill && !left.includes(key) ? before : { judged, since: now });
      }
      seen = next;
      return left;
    },
  };
};
