import type { AppendResult } from "@safar/event-store";

/** Events remembered for appends that expect nothing; EventStoreDB's cache of 8 MB holds 60,000 to 100,000. */
const MAX_REMEMBERED_EVENTS = 65_536;

interface Remembered extends AppendResult {
  readonly stream: string;
}

/**
 * The newest events' ids. An append that expects no certain revision is known again by them alone: like EventStoreDB,
 * only until a restart, and until so many others have come.
 */
export const createRecentAppends = () => {
  const byId = new Map<string, Remembered>();
  return {
    remember(id: string, appended: Remembered): void {
      byId.delete(id);
      byId.set(id, appended);
      const [oldest] = byId.keys();
      if (byId.size > MAX_REMEMBERED_EVENTS && oldest !== undefined) byId.delete(oldest);
    },
    find(stream: string, id: string): AppendResult | undefined {
      const found = byId.get(id);
      return found?.stream === stream ? found : undefined;
    },
  };
};
