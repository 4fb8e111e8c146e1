import { isHeldOrEnded, type RegistrationStatus } from "@safar/contracts";
import type { RefusalOf } from "@safar/kernel";
import type { DossierState } from "./state.ts";

export type RoundRefusal = RefusalOf<"dossier-not-opened" | "dossier-withdrawn" | "case-not-active">;

/** What nothing new may be begun for: no dossier, a withdrawn one, a case that is held or has ended. */
export const roundRefusal = (
  state: DossierState,
  standing: RegistrationStatus | undefined,
): RoundRefusal | undefined => {
  const { withdrawnFor } = state.lifecycle;
  if (!state.offer) return { code: "dossier-not-opened" };
  if (withdrawnFor !== undefined) return { code: "dossier-withdrawn", params: { cause: withdrawnFor } };
  return isHeldOrEnded(standing) ? { code: "case-not-active", params: { standing: standing ?? "" } } : undefined;
};
