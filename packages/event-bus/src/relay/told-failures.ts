import { StreamError } from "../lifecycle/port.ts";
import type { BusLog } from "../port.ts";
import { isStoreAway } from "../store-away.ts";

/** Failed rounds as the operator is told of them: once for each reason, and when it goes on, with their number. */
export interface ToldFailures {
  failed(error: unknown, where: "beginning" | "round"): void;
  /** A round found where to go on. One that failed later, as at a quota, may do so again. */
  begun(): void;
  /** A message was stored. */
  stored(): void;
}

const isExpected = (error: unknown): boolean => error instanceof StreamError || isStoreAway(error);

export const createToldFailures = (log: BusLog): ToldFailures => {
  let tries = 0;
  let said: string | undefined;
  let place: "beginning" | "round" = "beginning";
  const end = (): void => {
    if (tries > 0) log.warn({ tries }, "published events reach the stream again");
    tries = 0;
    said = undefined;
  };
  return {
    failed(error, where) {
      tries += 1;
      place = where;
      const reason = String(error);
      if (reason === said) return;
      said = reason;
      // What is expected needs no stack.
      const details = isExpected(error) ? { reason } : { err: error };
      log.warn(details, "published events do not reach the stream; it is tried again");
    },
    begun() {
      if (place === "beginning") end();
    },
    stored: end,
  };
};
