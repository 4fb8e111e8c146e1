import type { Environment } from "@safar/kernel";
import { StreamError } from "../lifecycle/port.ts";
import type { MemoryDurable } from "./durable.ts";
import type { Messages } from "./messages.ts";

/** What its connections see of the broker. */
export interface Broker {
  readonly environment: Environment;
  readonly durables: Map<string, MemoryDurable>;
  messages: Messages | undefined;
  isUp: boolean;
  /** How often it was killed: what was under way then is not answered. */
  kills: number;
  makeMessages(): Messages;
  makeDurable(spec: MemoryDurable["spec"]): MemoryDurable;
  pumpAll(): void;
}

/** Whether there is a stream. @throws StreamError */
export const streamOf = ({ messages }: Broker): Messages => {
  if (!messages) throw new StreamError("no-stream", "there is no stream SAFAR");
  return messages;
};
