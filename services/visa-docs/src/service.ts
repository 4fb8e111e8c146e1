import { SubmissionPlaceReserved, visaDocsStatus } from "@safar/contracts";
import { defineService } from "@safar/service-kit";
import { dossier, submission } from "./aggregates.ts";
import type { DossierState } from "./domain/dossier/state.ts";
import type { SubmissionState } from "./domain/submission/state.ts";
import { commands } from "./http/commands.ts";
import { fileDoors } from "./http/files.ts";
import { refusals } from "./http/refusals.ts";
import { whenCaseGoesOn } from "./reactions/when-case-goes-on.ts";
import { whenCaseStops } from "./reactions/when-case-stops.ts";
import { whenCertificateIssued } from "./reactions/when-certificate-issued.ts";
import { whenDossierOpened } from "./reactions/when-dossier-opened.ts";
import { whenGroupMemberAdded } from "./reactions/when-group-member-added.ts";
import { whenGroupMemberDropped } from "./reactions/when-group-member-dropped.ts";
import { whenOfferAccepted } from "./reactions/when-offer-accepted.ts";
import { whenOfferEnded } from "./reactions/when-offer-ended.ts";
import { whenOrientationCompleted } from "./reactions/when-orientation-completed.ts";
import { whenSubmissionSent } from "./reactions/when-submission-sent.ts";

/** The dossier that a corridor asks for, from the accepted offer to the granted visa. */
export const visaDocs = defineService({
  name: "visa-docs",
  aggregates: [
    {
      aggregate: dossier,
      path: "/cases/:caseId",
      status: (state: DossierState) => visaDocsStatus(state.lifecycle),
      employerOf: (state: DossierState) => state.offer?.employerId,
    },
    { aggregate: submission, path: "/submissions/:id", status: (state: SubmissionState) => state.status },
  ],
  commands,
  reactions: [
    whenOfferAccepted,
    whenDossierOpened,
    whenCertificateIssued,
    whenOrientationCompleted,
    whenOfferEnded,
    whenCaseStops,
    whenCaseGoesOn,
    whenGroupMemberAdded,
    whenGroupMemberDropped,
    whenSubmissionSent,
  ],
  reservations: [
    {
      limit: submission,
      reserved: SubmissionPlaceReserved,
      record: (event) => ({ aggregate: dossier, id: SubmissionPlaceReserved.schema.parse(event.data).caseId }),
      release: (event) => ({
        type: "ReleasePlace",
        caseId: SubmissionPlaceReserved.schema.parse(event.data).caseId,
        reason: "reservation-given-up",
      }),
    },
  ],
  refusals,
  doors: fileDoors,
});
