import type { RefusalText } from "@safar/service-kit";
import type { DossierRefusal } from "../domain/dossier/decide.ts";
import type { SubmissionGroupRefusal } from "../domain/submission/decide.ts";
import { documentRefusals } from "./document-refusals.ts";
import { submissionRefusals } from "./submission-refusals.ts";
import { visaRefusals } from "./visa-refusals.ts";

/** Every refusal of visa-docs' deciders. */
export const refusals = { ...documentRefusals, ...visaRefusals, ...submissionRefusals } satisfies Record<
  (DossierRefusal | SubmissionGroupRefusal)["code"],
  RefusalText
>;
