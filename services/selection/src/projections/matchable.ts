import { candidacyContracts, isFactOf } from "@safar/contracts";
import type { Projection } from "@safar/read-model";
import type { MatchingProfile } from "../domain/candidacy/commands.ts";

/** A CV that is open to matching, without anything personal. */
export interface MatchableRow extends MatchingProfile {
  readonly caseId: string;
  readonly region: string | undefined;
}

export const matchable: Projection<MatchableRow> = {
  name: "matchable",
  version: 2,
  categories: [candidacyContracts.category],
  keysOf: (event) => (event.meta.caseId === undefined ? [] : [event.meta.caseId]),
  project(row, event, caseId) {
    if (!isFactOf(candidacyContracts, event)) return row;
    if (event.type === "CvOpenedToMatching") return { ...event.data, caseId, region: event.meta.region };
    return event.type === "CvClosedToMatching" ? undefined : row;
  },
  indexes: ["isco", "region"],
};
