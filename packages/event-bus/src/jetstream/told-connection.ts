import type { BusLog } from "../port.ts";

/** What the operator is told of a connection to NATS: each beginning, each end, and each reason once. */
export interface ToldConnection {
  unreached(reason: string): void;
  reached(): void;
  broke(server: unknown): void;
  reconnected(server: unknown): void;
  /** Only by the connection's status is a refused publish or acknowledgement ever told. */
  refused(code: unknown, what: { readonly operation: string; readonly subject: string } | undefined): void;
}

/** `LOG.API.CONSUMER`, `$JS.ACK.SAFAR`: which door it is. There is a subject for each durable, or for each message. */
const DOOR_TOKENS = 3;

/** @param address without a password */
export const createToldConnection = (of: { readonly log: BusLog; readonly address: string }): ToldConnection => {
  const { log, address } = of;
  let unreachedFor: string | undefined;
  const refusals = new Set<string>();
  return {
    unreached(reason) {
      if (reason !== unreachedFor) log.warn({ reason, address }, "NATS cannot be reached; it is tried again");
      unreachedFor = reason;
    },
    reached() {
      if (unreachedFor !== undefined) log.warn({ address }, "NATS is reached");
      unreachedFor = undefined;
    },
    broke: (server) => log.warn({ server }, "the connection to NATS broke; it is made again"),
    reconnected(server) {
      refusals.clear();
      log.warn({ server }, "the connection to NATS stands again");
    },
    refused(code, what) {
      const door = `${what?.operation ?? String(code)} ${what?.subject.split(".", DOOR_TOKENS).join(".") ?? ""}`;
      if (refusals.has(door)) return;
      refusals.add(door);
      log.warn({ code, ...what }, "NATS refused something; the like of it is counted and not told again");
    },
  };
};
