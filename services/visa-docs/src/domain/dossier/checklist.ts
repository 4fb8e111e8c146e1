import {
  isValidOn,
  provesLanguage,
  REQUIREMENTS,
  type FactOf,
  type Requirement,
  type Requirements,
  type visaDocsContracts,
} from "@safar/contracts";
import type { IsoDate } from "@safar/kernel";
import { evolveDossier, type DossierState } from "./state.ts";

type Fact = FactOf<typeof visaDocsContracts>;

/** What a corridor asks for before the visa. Passport and contract always: nobody leaves without either. */
export const checklistOf = (requires: Requirements): Requirement[] => {
  const asked: Readonly<Record<Requirement, boolean>> = {
    passport: true,
    contract: true,
    language: requires.language !== null,
    certificate: requires.certificate,
    orientation: requires.orientation !== null,
    medical: requires.medical,
  };
  return REQUIREMENTS.filter((item) => asked[item]);
};

/** What meets an item on a day: the id of an event, a document or an examination, or the contract's hash. */
const evidenceFor = (state: DossierState, item: Requirement, on: IsoDate): string | undefined => {
  const requires = state.offer?.requires;
  const valid = state.certificates.filter((certificate) => isValidOn(certificate, on));
  switch (item) {
    case "passport":
      return state.documents.find(({ kind, status }) => kind === "passport" && status === "verified")?.documentId;
    case "contract":
      return state.contract?.sha256;
    case "certificate":
      return valid.find(({ track }) => track === "trade")?.by;
    case "language": {
      const required = requires?.language;
      return required
        ? valid.find((certificate) => certificate.track === "language" && provesLanguage(certificate, required))?.by
        : undefined;
    }
    case "orientation":
      return state.orientations.find(({ destination }) => destination === requires?.orientation)?.by;
    case "medical": {
      const latest = state.examinations.findLast(({ result }) => result !== "ordered");
      return latest?.result === "passed" && isValidOn(latest, on) ? latest.examinationId : undefined;
    }
  }
};

export const missingItems = ({ checklist, lifecycle }: DossierState): Requirement[] =>
  checklist.filter((item) => lifecycle.met[item] === undefined);

/** The orientation prepares for the departure; no embassy asks for it, so it may come after the visa. */
export const missingForEmbassy = (state: DossierState): Requirement[] =>
  missingItems(state).filter((item) => item !== "orientation");

const isStageDone = ({ lifecycle, offer }: DossierState): boolean =>
  lifecycle.complete &&
  !lifecycle.stageCompleted &&
  lifecycle.withdrawnFor === undefined &&
  (offer?.requires.workVisa === false || lifecycle.visa === "granted");

/**
 * The facts, and what follows from them in the same append: items met, the dossier complete, the visa stage completed
 * by whichever of dossier and visa comes last. Facts that came before the dossier was opened count from its opening.
 */
export const withConsequences = (state: DossierState, facts: readonly Fact[], on: IsoDate): Fact[] => {
  const all = [...facts];
  let after = facts.reduce(evolveDossier, state);
  const record = (fact: Fact): void => {
    all.push(fact);
    after = evolveDossier(after, fact);
  };
  const { offer } = after;
  if (!offer) return all;
  const { round, corridor, requires, contractMonths, employerId } = offer;
  for (const item of missingItems(after)) {
    const by = evidenceFor(after, item, on);
    if (by !== undefined) record({ type: "RequirementMet", data: { round, requirement: item, by } });
  }
  if (!after.lifecycle.complete && after.checklist.length > 0 && missingItems(after).length === 0)
    record({ type: "DossierCompleted", data: { round } });
  if (isStageDone(after))
    record({ type: "VisaStageCompleted", data: { round, corridor, requires, contractMonths, employerId } });
  return all;
};
