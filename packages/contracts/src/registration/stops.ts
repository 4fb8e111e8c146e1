import {
  CandidateWithdrew,
  CaseClosed,
  CaseMerged,
  CaseSuspended,
  ConsentWithdrawn,
  DuplicateSuspected,
  registrationContracts,
} from "./candidate.ts";

const stops = [CandidateWithdrew, CaseSuspended, ConsentWithdrawn, DuplicateSuspected, CaseMerged, CaseClosed] as const;

/** Events after which a case is held or has ended, as the reactions of other services name them. */
export const CASE_STOPS = stops.map((contract) => ({ category: registrationContracts.category, contract }));

/** Why what belongs to the case is taken back: the reason that others record. */
const REASONS = {
  CandidateWithdrew: "candidate-withdrew",
  CaseSuspended: "case-suspended",
  ConsentWithdrawn: "consent-withdrawn",
  DuplicateSuspected: "duplicate-suspected",
  CaseMerged: "case-merged",
  CaseClosed: "case-closed",
} as const satisfies Readonly<Record<(typeof stops)[number]["type"], string>>;
export type CaseStop = (typeof REASONS)[keyof typeof REASONS];

/** Undefined for an event that stops no case. */
export const caseStopOf = (type: string): CaseStop | undefined =>
  Object.hasOwn(REASONS, type) ? REASONS[type as keyof typeof REASONS] : undefined;
