import { SERVICE_CONTRACTS, type ContractSet } from "@safar/contracts";
import type { Projection } from "@safar/read-model";

export interface CaseStreamRow {
  readonly caseId: string;
  readonly stream: string;
  readonly service: string;
}

export const SERVICE_CATEGORIES: readonly string[] = SERVICE_CONTRACTS.map(({ category }: ContractSet) => category);

/** Which streams hold a case's history: whatever carries its id. */
export const caseStreams: Projection<CaseStreamRow> = {
  name: "caseStreams",
  version: 1,
  categories: SERVICE_CATEGORIES,
  keysOf: (event) => (event.meta.caseId === undefined ? [] : [event.stream]),
  project: (row, event) =>
    row ?? { caseId: event.meta.caseId ?? "", stream: event.stream, service: event.meta.service },
  indexes: ["caseId"],
};
