import { DuplicateDecisionTaken, JourneyOpened, registrationStatus } from "@safar/contracts";
import { defineService, importDoors, isOfRunningImport } from "@safar/service-kit";
import { duplicatePair, person, registrationCase } from "./aggregates.ts";
import type { CaseState } from "./domain/case/state.ts";
import { commands } from "./http/commands.ts";
import { searchCases } from "./http/queries.ts";
import { refusals } from "./http/refusals.ts";
import { candidateImport } from "./imports/candidate-import.ts";
import { importsOfCandidates } from "./imports/imports-table.ts";
import { caseNumbers } from "./projections/case-numbers.ts";
import { whenDuplicateDecided } from "./reactions/when-duplicate-decided.ts";
import { whenDuplicateSuspected } from "./reactions/when-duplicate-suspected.ts";
import { whenJourneyEnded } from "./reactions/when-journey-ended.ts";
import { whenPersonChanged } from "./reactions/when-person-changed.ts";
import { whenPlacementConfirmed } from "./reactions/when-placement-confirmed.ts";

/** Who a candidate is, that the journey may begin, and the one open journey of each person. */
export const registration = defineService({
  name: "registration",
  aggregates: [
    {
      aggregate: registrationCase,
      path: "/cases/:caseId",
      status: (state: CaseState) => registrationStatus(state.lifecycle),
    },
    { aggregate: person, status: () => "" },
    { aggregate: duplicatePair, status: () => "" },
  ],
  commands,
  queries: [searchCases],
  reactions: [
    whenDuplicateSuspected,
    whenDuplicateDecided,
    whenPersonChanged,
    whenJourneyEnded,
    whenPlacementConfirmed,
  ],
  projections: [caseNumbers, importsOfCandidates],
  reservations: [
    {
      limit: person,
      reserved: JourneyOpened,
      record: (event) => ({ aggregate: registrationCase, id: JourneyOpened.schema.parse(event.data).caseId }),
      release: (event) => ({
        type: "EndJourney",
        caseId: JourneyOpened.schema.parse(event.data).caseId,
        cause: "given-up",
      }),
      isAtWork: (event, readModel) => isOfRunningImport(readModel, importsOfCandidates, event),
    },
    {
      limit: duplicatePair,
      reserved: DuplicateDecisionTaken,
      record: (event) => ({ aggregate: registrationCase, id: DuplicateDecisionTaken.schema.parse(event.data).caseId }),
      release: (event) => ({
        type: "GiveDecisionBack",
        caseId: DuplicateDecisionTaken.schema.parse(event.data).caseId,
      }),
    },
  ],
  refusals,
  doors: importDoors(candidateImport),
});
