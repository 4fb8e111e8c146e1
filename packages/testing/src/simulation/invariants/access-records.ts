import { categoryOf, streamName, type DecodedEvent } from "@safar/contracts";
import type { Verdict } from "../verdict.ts";
import type { LogAudit } from "./log.ts";

/** Who looked at a case, as the log has it. */
export interface AccessRecords {
  /** How many records of a case one request has left so far. */
  count(caseId: string, requestId: string): number;
  /** No request has left two of one case. */
  verify(): void;
}

export const isAccessRecord = ({ stream }: Pick<DecodedEvent, "stream">): boolean => categoryOf(stream) === "access";

export const createAccessRecords = (audit: LogAudit, verdict: Verdict): AccessRecords => {
  const counts = new Map<string, number>();
  let looked = 0;
  const keyOf = (stream: string, requestId: string): string => `${stream} ${requestId}`;
  const catchUp = (): ReadonlyMap<string, number> => {
    for (; looked < audit.events.length; looked += 1) {
      const event = audit.events[looked]!;
      if (!isAccessRecord(event)) continue;
      const key = keyOf(event.stream, event.meta.correlationId);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  };
  return {
    count: (caseId, requestId) => catchUp().get(keyOf(streamName("access", caseId), requestId)) ?? 0,
    verify() {
      for (const [key, count] of catchUp()) if (count > 1) verdict.broken(10, `${key} is on record ${count} times`);
    },
  };
};
