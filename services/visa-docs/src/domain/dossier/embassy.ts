import { deadlinePolicy, type FactOf, type visaDocsContracts } from "@safar/contracts";
import { accept, addDays, refuse, type Decision, type IsoDate, type RefusalOf } from "@safar/kernel";
import { withConsequences } from "./checklist.ts";
import type { EmbassyCommand } from "./commands.ts";
import type { DossierState } from "./state.ts";

type Fact = FactOf<typeof visaDocsContracts>;
export type EmbassyRefusal = RefusalOf<
  | "already-done"
  | "dossier-not-opened"
  | "visa-not-needed"
  | "visa-already-granted"
  | "visa-refused"
  | "visa-not-refused"
  | "appeal-already-decided"
  | "appeal-too-late"
>;
type EmbassyDecision = Decision<Fact, EmbassyRefusal>;

/** Where the policy of appeals is lost, what the Agency proposed. */
const DEFAULT_APPEAL_DAYS = 30;

/** The last day of an appeal against a refusal of a day. */
export const appealUntil = (refusedOn: IsoDate): IsoDate =>
  addDays(refusedOn, deadlinePolicy("appeal")?.length?.days ?? DEFAULT_APPEAL_DAYS);

type Grant = Extract<EmbassyCommand, { type: "GrantVisa" }>;

const grant = (state: DossierState, round: string, command: Grant): EmbassyDecision => {
  const { visa } = state.lifecycle;
  if (visa === "granted") return refuse("already-done");
  if (visa === "refused" && !state.appeal) return refuse("visa-refused");
  const { effectiveAt, today } = command;
  const granted: Fact = { type: "VisaGranted", data: { round, ...command.visa }, effectiveAt };
  return accept(...withConsequences(state, [granted], today));
};

type Refusing = Extract<EmbassyCommand, { type: "RefuseVisa" }>;

const refuseVisa = (state: DossierState, round: string, command: Refusing): EmbassyDecision => {
  const { reason, refusedOn, explanation, effectiveAt } = command;
  if (state.lifecycle.visa === "granted") return refuse("visa-already-granted");
  if (state.lifecycle.visa === "refused") return refuse("already-done");
  const data = { round, reason, appealUntil: appealUntil(refusedOn), refusedOn, explanation };
  return accept({ type: "VisaRefused", data, reasonCode: reason, effectiveAt });
};

type Appealing = Extract<EmbassyCommand, { type: "FileVisaAppeal" | "DecideVisaAppeal" }>;

const decideAppeal = (state: DossierState, round: string, command: Appealing): EmbassyDecision => {
  const { refusal, appeal } = state;
  const { effectiveAt } = command;
  if (!refusal) return refuse("visa-not-refused");
  if (command.type === "FileVisaAppeal") {
    if (appeal?.filedOn !== undefined) return refuse("already-done");
    if (command.filedOn > refusal.appealUntil) return refuse("appeal-too-late", { appealUntil: refusal.appealUntil });
    return accept({ type: "VisaAppealFiled", data: { round, filedOn: command.filedOn }, effectiveAt });
  }
  const { outcome, decidedOn } = command;
  if (appeal?.outcome === outcome) return refuse("already-done");
  if (appeal?.outcome !== undefined) return refuse("appeal-already-decided");
  return accept({ type: "VisaAppealDecided", data: { round, outcome, decidedOn }, effectiveAt });
};

/** What the embassy did is taken in any order, also of a dossier that is withdrawn; only a round has to be there. */
export const decideEmbassy = (state: DossierState, command: EmbassyCommand): EmbassyDecision => {
  const { offer } = state;
  if (!offer) return refuse("dossier-not-opened");
  if (!offer.requires.workVisa) return refuse("visa-not-needed");
  switch (command.type) {
    case "PayVisaFee": {
      const { fee, effectiveAt } = command;
      if (state.fees.some(({ receiptNumber }) => receiptNumber === fee.receiptNumber)) return refuse("already-done");
      return accept({ type: "VisaFeePaid", data: { round: offer.round, ...fee }, effectiveAt });
    }
    case "GrantVisa":
      return grant(state, offer.round, command);
    case "RefuseVisa":
      return refuseVisa(state, offer.round, command);
    case "FileVisaAppeal":
    case "DecideVisaAppeal":
      return decideAppeal(state, offer.round, command);
  }
};
