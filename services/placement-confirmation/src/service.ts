import { placementStatus } from "@safar/contracts";
import { defineService } from "@safar/service-kit";
import { placement } from "./aggregates.ts";
import { employerIdOf } from "./domain/agreement.ts";
import type { PlacementState } from "./domain/state.ts";
import { commands } from "./http/commands.ts";
import { refusals } from "./http/refusals.ts";
import { whenArrivalConfirmed } from "./reactions/when-arrival-confirmed.ts";
import { whenBorderExitConfirmed } from "./reactions/when-border-exit-confirmed.ts";
import { whenCaseEnds } from "./reactions/when-case-ends.ts";
import { whenCaseReturns } from "./reactions/when-case-returns.ts";
import { whenContractSigned } from "./reactions/when-contract-signed.ts";
import { whenIdentityVerified } from "./reactions/when-identity-verified.ts";
import { whenPlacementConfirmed } from "./reactions/when-placement-confirmed.ts";

/** Whether who left is at work under the contract that was signed: what opens insurance benefits (work plan 2.4.2). */
export const placementConfirmation = defineService({
  name: "placement-confirmation",
  aggregates: [
    {
      aggregate: placement,
      path: "/cases/:caseId",
      status: (state: PlacementState) => placementStatus(state.lifecycle),
      employerOf: employerIdOf,
    },
  ],
  commands,
  reactions: [
    whenIdentityVerified,
    whenBorderExitConfirmed,
    whenArrivalConfirmed,
    whenContractSigned,
    whenPlacementConfirmed,
    whenCaseEnds,
    whenCaseReturns,
  ],
  refusals,
});
