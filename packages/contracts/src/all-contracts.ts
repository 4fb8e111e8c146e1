import type { ContractSet } from "./contract-set.ts";
import { departureContracts, travelGroupContracts } from "./departure/index.ts";
import { personContracts, registrationContracts } from "./registration/index.ts";
import { courseContracts, trainingContracts } from "./training/index.ts";

/** Every contract set of the seven services: what the situation centre and audit read. */
export const SERVICE_CONTRACTS: readonly ContractSet[] = [
  registrationContracts,
  personContracts,
  trainingContracts,
  courseContracts,
  departureContracts,
  travelGroupContracts,
];
