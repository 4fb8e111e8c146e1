import type { FactOf, visaDocsContracts, WorkTerms } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import { withConsequences } from "./checklist.ts";
import type { ContractCommand } from "./commands.ts";
import { passportRefusal, type PassportRefusal } from "./passport.ts";
import { refused } from "./refused.ts";
import { roundRefusal, type RoundRefusal } from "./round.ts";
import type { DossierState } from "./state.ts";

type Fact = FactOf<typeof visaDocsContracts>;
export type ContractRefusal =
  | RoundRefusal
  | PassportRefusal
  | RefusalOf<"already-done" | "contract-already-signed" | "file-not-uploaded" | "terms-differ-from-offer">;

/** What the offer promised and the contract does not say; hours that the offer left open may stand in it. */
const differingTerms = (offered: WorkTerms, signed: WorkTerms): string[] => {
  const { minor, currency } = offered.wageMonth;
  const isOtherWage = signed.wageMonth.minor !== minor || signed.wageMonth.currency !== currency;
  const areOtherHours = offered.hoursPerWeek !== undefined && signed.hoursPerWeek !== offered.hoursPerWeek;
  return [
    ...(isOtherWage ? ["wage"] : []),
    ...(areOtherHours ? ["hours"] : []),
    ...(signed.isco === offered.isco ? [] : ["job"]),
  ];
};

export const decideContract = (state: DossierState, command: ContractCommand): Decision<Fact, ContractRefusal> => {
  const { offer, contract } = state;
  const { sha256, terms, startsOn, signedOn, method, effectiveAt, today } = command;
  if (contract) return refuse(contract.sha256 === sha256 ? "already-done" : "contract-already-signed");
  const notNow = roundRefusal(state, command.standing);
  if (notNow) return refused(notNow);
  if (!offer) return refuse("dossier-not-opened");
  if (!command.isUploaded) return refuse("file-not-uploaded");
  const differing = differingTerms(offer.terms, terms);
  if (differing.length > 0) return refuse("terms-differ-from-offer", { fields: differing.join(", ") });
  const tooShort = passportRefusal(command.passport);
  if (tooShort) return refused(tooShort);
  const { round, employerId, contractMonths } = offer;
  const data = { round, sha256, terms, employerId, contractMonths, startsOn, signedOn, method };
  return accept(...withConsequences(state, [{ type: "ContractSigned", data, effectiveAt }], today));
};
