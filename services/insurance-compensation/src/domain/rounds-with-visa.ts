import type { RecordedFactOf, visaDocsContracts } from "@safar/contracts";

/** The rounds of a case whose visa stage was completed. */
export type RoundsWithVisa = readonly string[];

export const evolveRoundsWithVisa = (
  rounds: RoundsWithVisa,
  fact: RecordedFactOf<typeof visaDocsContracts>,
): RoundsWithVisa =>
  fact.type === "VisaStageCompleted" && !rounds.includes(fact.data.round) ? [...rounds, fact.data.round] : rounds;
