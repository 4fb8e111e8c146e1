import type { ContractSet } from "./contract-set.ts";
import { departureContracts, travelGroupContracts } from "./departure/index.ts";
import { benefitContracts, policyContracts, subsidyYearContracts } from "./insurance/index.ts";
import { placementContracts } from "./placement/index.ts";
import { duplicatePairContracts, personContracts, registrationContracts } from "./registration/index.ts";
import { applicationContracts, candidacyContracts, employerContracts, vacancyContracts } from "./selection/index.ts";
import { courseContracts, trainingContracts } from "./training/index.ts";
import { submissionContracts, visaDocsContracts } from "./visa-docs/index.ts";

/** Every contract set of the seven services: what the situation centre and audit read. */
export const SERVICE_CONTRACTS: readonly ContractSet[] = [
  registrationContracts,
  personContracts,
  duplicatePairContracts,
  employerContracts,
  vacancyContracts,
  candidacyContracts,
  applicationContracts,
  trainingContracts,
  courseContracts,
  departureContracts,
  travelGroupContracts,
  visaDocsContracts,
  submissionContracts,
  placementContracts,
  policyContracts,
  subsidyYearContracts,
  benefitContracts,
];
