import type { candidacyContracts, FactOf } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import { isSame } from "../same.ts";
import type { CandidacyCommand } from "./commands.ts";
import type { CandidacyState } from "./state.ts";

export type CandidacyRefusal = RefusalOf<"already-done" | "another-offer-accepted">;

/**
 * A candidate holds one accepted offer at a time, whichever two acceptances race. It stands in the way of another
 * until it is withdrawn or put on reserve, or has come to a confirmed placement (then a redeployment may follow).
 */
const stillHolds = (state: CandidacyState, placedRounds: readonly string[]): boolean =>
  state.acceptance !== undefined && !placedRounds.includes(state.acceptance.applicationId);

export const decideCandidacy = (
  state: CandidacyState,
  command: CandidacyCommand,
): Decision<FactOf<typeof candidacyContracts>, CandidacyRefusal> => {
  switch (command.type) {
    case "OpenCv":
      if (isSame(state.profile, command.profile)) return refuse("already-done");
      return accept({ type: "CvOpenedToMatching", data: command.profile });
    case "CloseCv":
      if (!state.profile) return refuse("already-done");
      return accept({
        type: "CvClosedToMatching",
        data: { reason: command.reason },
        reasonCode: command.reason,
      });
    case "ReserveAcceptance": {
      if (stillHolds(state, command.placedRounds)) return refuse("another-offer-accepted");
      const { applicationId, offerId, caseId } = command;
      return accept({ type: "AcceptanceReserved", data: { applicationId, offerId, caseId } });
    }
    case "ReleaseAcceptance": {
      if (state.acceptance?.offerId !== command.offerId) return refuse("already-done");
      const { applicationId, offerId, caseId, reason } = command;
      return accept({
        type: "AcceptanceReleased",
        data: { applicationId, offerId, caseId, reason },
        reasonCode: reason,
      });
    }
  }
};
