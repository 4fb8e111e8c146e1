import type { Logger } from "pino";
import type { Decoder } from "@safar/contracts";
import type { EventBus } from "@safar/event-bus";
import type { EventStore, Executor } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import type { Sealer, Vault } from "@safar/vault";
import type { TakeCaseNumber } from "../case-numbers.ts";
import type { Metrics } from "../observability/metrics.ts";
import type { WriteTroubles } from "../observability/write-troubles.ts";
import type { RegistrationReader } from "./registration-reader.ts";

/** What all services of one process share: the ports, opened, and what is built on them. */
export interface Kit {
  readonly environment: Environment;
  readonly store: EventStore;
  readonly vault: Vault;
  readonly sealer: Sealer;
  readonly bus: EventBus;
  readonly executor: Executor;
  /** Reads events of every service. */
  readonly decoder: Decoder;
  readonly registrationReader: RegistrationReader;
  readonly takeCaseNumber: TakeCaseNumber;
  readonly metrics: Metrics;
  readonly writes: WriteTroubles;
  /** Writes a little beside the data, to see whether what could not be written can be again. Absent: nothing to try. */
  readonly tryDisk?: () => Promise<void>;
  readonly log: Logger;
  /** Where read models lie, one file a service; ":memory:" in tests. */
  readModelFile(service: string): string;
}

/** ISO instant of the Environment's clock. */
export const nowOf = (environment: Environment): string => new Date(environment.clock.now()).toISOString();
