import { ContractSigned, isFactOf, visaDocsContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onPlacement } from "../aggregates.ts";

/** What was signed before the visa is what the contract abroad is compared with. */
export const whenContractSigned = reaction({
  name: "when-contract-signed",
  on: [{ category: visaDocsContracts.category, contract: ContractSigned }],
  then(event, edge) {
    const { caseId, destination } = event.meta;
    if (!isFactOf(visaDocsContracts, event) || event.type !== "ContractSigned" || caseId === undefined) return [];
    const { round, sha256, terms, employerId, contractMonths } = event.data;
    const reference = { round, sha256, terms, employerId, contractMonths };
    return [onPlacement(caseId, { type: "NoteReference", reference, today: edge.today }, destination)];
  },
});
