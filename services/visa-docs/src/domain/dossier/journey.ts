import type { FactOf, visaDocsContracts, WithdrawalCause } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import { checklistOf, withConsequences } from "./checklist.ts";
import type { JourneyCommand } from "./commands.ts";
import type { DossierState } from "./state.ts";
import { leavingGroup } from "./submission.ts";

type Fact = FactOf<typeof visaDocsContracts>;
export type JourneyRefusal = RefusalOf<
  "already-done" | "no-requirement-set" | "dossier-not-opened" | "visa-stage-completed" | "not-held"
>;
type JourneyDecision = Decision<Fact, JourneyRefusal>;

type Opening = Extract<JourneyCommand, { type: "OpenDossier" }>;

const open = (state: DossierState, command: Opening): JourneyDecision => {
  const { offer, requirementSet, on } = command;
  const isSameOffer = state.offer?.round === offer.round && state.offer.offerId === offer.offerId;
  if (isSameOffer) return refuse("already-done");
  if (!requirementSet) return refuse("no-requirement-set", { on });
  const { country, sector, from, requires } = requirementSet;
  const { round } = offer;
  const items = checklistOf(requires);
  const facts: Fact[] = [
    ...leavingGroup(state, "new-round"),
    { type: "DossierOpened", data: { ...offer, requires, requirementSetFrom: from } },
    { type: "ChecklistIssued", data: { round, requirementSet: { country, sector, from }, issuedOn: on, items } },
  ];
  return accept(...withConsequences(state, facts, on));
};

const HOLDS: ReadonlySet<WithdrawalCause> = new Set(["case-suspended", "consent-withdrawn", "duplicate-suspected"]);

/** What is held goes on when it is lifted; an ended offer or journey does not. */
export const isHold = (cause: WithdrawalCause | undefined): boolean => cause !== undefined && HOLDS.has(cause);

/** 0: not withdrawn; a graver cause replaces a lighter one. */
const gravity = (cause: WithdrawalCause | undefined): number => {
  if (cause === undefined) return 0;
  if (isHold(cause)) return 1;
  return cause === "offer-ended" ? 2 : 3;
};

/** Whether there is anything that this cause still withdraws. */
export const isWithdrawnBy = (state: DossierState, cause: WithdrawalCause): boolean => {
  if (!state.offer || gravity(cause) <= gravity(state.lifecycle.withdrawnFor)) return false;
  // Who has the visa may be abroad already: a hold or the journey's ordinary end takes nothing back.
  return !state.lifecycle.stageCompleted || (!isHold(cause) && cause !== "case-closed");
};

const withdraw = (state: DossierState, cause: WithdrawalCause): JourneyDecision => {
  if (!state.offer) return refuse("dossier-not-opened");
  if (gravity(cause) <= gravity(state.lifecycle.withdrawnFor)) return refuse("already-done");
  if (!isWithdrawnBy(state, cause)) return refuse("visa-stage-completed");
  const withdrawn: Fact = {
    type: "DossierWithdrawn",
    data: { round: state.offer.round, cause },
    reasonCode: cause,
  };
  return accept(...[withdrawn, ...leavingGroup(state, cause)]);
};

export const decideJourney = (state: DossierState, command: JourneyCommand): JourneyDecision => {
  switch (command.type) {
    case "OpenDossier":
      return open(state, command);
    case "NoteCertificate": {
      const { certificate, today } = command;
      if (state.certificates.some(({ certificateId }) => certificateId === certificate.certificateId))
        return refuse("already-done");
      return accept(...withConsequences(state, [{ type: "CertificateNoted", data: certificate }], today));
    }
    case "NoteOrientation": {
      const { orientation, today } = command;
      if (state.orientations.some(({ by }) => by === orientation.by)) return refuse("already-done");
      return accept(...withConsequences(state, [{ type: "OrientationNoted", data: orientation }], today));
    }
    case "WithdrawDossier":
      return withdraw(state, command.cause);
    case "ResumeDossier": {
      if (!state.offer) return refuse("dossier-not-opened");
      if (!isHold(state.lifecycle.withdrawnFor)) return refuse("not-held");
      const { round } = state.offer;
      return accept(...withConsequences(state, [{ type: "DossierResumed", data: { round } }], command.today));
    }
  }
};
