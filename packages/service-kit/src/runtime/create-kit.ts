import type { Logger } from "pino";
import { decoderOf, importContracts, SERVICE_CONTRACTS, type Decoder } from "@safar/contracts";
import { parkedContractsOf, type EventBus } from "@safar/event-bus";
import { createExecutor, type EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { createSealer, type Vault } from "@safar/vault";
import { caseNumberContracts, createCaseNumbers } from "../case-numbers.ts";
import { createMetrics, type Metrics } from "../observability/metrics.ts";
import { createWriteTroubles, type WriteTroubles } from "../observability/write-troubles.ts";
import { accessContracts } from "../personal/access-record.ts";
import { createSeal } from "../personal/seal.ts";
import type { Kit } from "./kit.ts";
import { createRegistrationReader } from "./registration-reader.ts";

const SERVICES: readonly string[] = SERVICE_CONTRACTS.map(({ service }) => service);

/**
 * Reads every event that any service or the kit itself writes, whichever services this process runs.
 * @param others services that have no contracts of their own
 */
export const decoderOfEverything = (others: readonly string[] = []): Decoder =>
  decoderOf([
    ...SERVICE_CONTRACTS,
    accessContracts,
    caseNumberContracts,
    importContracts,
    ...[...new Set([...SERVICES, ...others])].map(parkedContractsOf),
  ]);

/** Builds what all services share on opened ports. */
export const createKit = (ports: {
  readonly environment: Environment;
  readonly store: EventStore;
  readonly vault: Vault;
  readonly bus: EventBus;
  readonly decoder: Decoder;
  readonly log: Logger;
  readonly readModelFile: (service: string) => string;
  /** Where the ports tell of their writes already. */
  readonly watch?: { readonly metrics: Metrics; readonly writes: WriteTroubles };
  readonly tryDisk?: () => Promise<void>;
}): Kit => {
  const { watch, ...opened } = ports;
  const metrics = watch?.metrics ?? createMetrics();
  const sealer = createSealer(ports.vault, ports.environment);
  const executor = createExecutor({ store: ports.store, seal: createSeal(sealer), environment: ports.environment });
  return {
    ...opened,
    sealer,
    executor,
    registrationReader: createRegistrationReader(ports.store, sealer),
    takeCaseNumber: createCaseNumbers(executor, ports.environment),
    metrics,
    writes: watch?.writes ?? createWriteTroubles({ metrics, log: ports.log }),
  };
};
