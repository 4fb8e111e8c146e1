import { IdentityVerified, isFactOf, registrationContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onPlacement } from "../aggregates.ts";

/** A journey that starts abroad is placed without clearance; the contract shown there is the reference (2.5.15). */
export const whenIdentityVerified = reaction({
  name: "when-identity-verified",
  on: [{ category: registrationContracts.category, contract: IdentityVerified }],
  then(event, edge) {
    const { caseId } = event.meta;
    if (!isFactOf(registrationContracts, event) || event.type !== "IdentityVerified" || caseId === undefined) return [];
    if (!event.data.startsAbroad) return [];
    const opening = { type: "OpenPlacement", round: caseId, startsAbroad: true, late: false } as const;
    return [onPlacement(caseId, { ...opening, today: edge.today })];
  },
});
