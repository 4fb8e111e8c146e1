import { CandidateRegistered } from "@safar/contracts";
import type { Projection } from "@safar/read-model";

export interface CaseNumberRow {
  readonly caseId: string;
}

/** Which case has a number: numbers are what people say on the telephone. */
export const caseNumbers: Projection<CaseNumberRow> = {
  name: "caseNumbers",
  version: 1,
  categories: ["registration"],
  keysOf: (event) =>
    event.type === CandidateRegistered.type ? [CandidateRegistered.schema.parse(event.data).caseNumber] : [],
  project: (row, event) => (event.meta.caseId === undefined ? row : { caseId: event.meta.caseId }),
};
