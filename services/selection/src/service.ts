import {
  AcceptanceReserved,
  applicationStatus,
  CriteriaFixed,
  PositionReserved,
  type DecodedEvent,
} from "@safar/contracts";
import { defineService, importDoors } from "@safar/service-kit";
import { application, candidacy, employer, vacancy } from "./aggregates.ts";
import type { ApplicationState } from "./domain/application/state.ts";
import type { CandidacyState } from "./domain/candidacy/state.ts";
import type { EmployerState } from "./domain/employer/state.ts";
import type { VacancyState } from "./domain/vacancy/state.ts";
import { commands } from "./http/commands.ts";
import { queries } from "./http/queries.ts";
import { refusals } from "./http/refusals.ts";
import { importsOfVacancies } from "./imports/imports-table.ts";
import { vacancyImport } from "./imports/vacancy-import.ts";
import { applicants } from "./projections/applicants.ts";
import { employerNames } from "./projections/employer-names.ts";
import { matchable } from "./projections/matchable.ts";
import { whenApplicationSubmitted } from "./reactions/when-application-submitted.ts";
import { whenCaseStops } from "./reactions/when-case-stops.ts";
import { whenCvMayBeMatched } from "./reactions/when-cv-may-be-matched.ts";
import { whenOfferAccepted } from "./reactions/when-offer-accepted.ts";
import { whenOfferEnded } from "./reactions/when-offer-ended.ts";
import { whenVisaRefused } from "./reactions/when-visa-refused.ts";

/** Each of the three limits is reserved for something that is then recorded in the application's stream. */
const recordedIn = (applicationId: string) => ({ aggregate: application, id: applicationId });
const position = ({ data }: DecodedEvent) => PositionReserved.schema.parse(data);
const acceptance = ({ data }: DecodedEvent) => AcceptanceReserved.schema.parse(data);

/** Who is offered which position: employers, vacancies, applications, and a selection that can be replayed. */
export const selection = defineService({
  name: "selection",
  aggregates: [
    {
      aggregate: application,
      path: "/applications/:id",
      status: ({ lifecycle }: ApplicationState) => applicationStatus(lifecycle),
      employerOf: ({ applied }: ApplicationState) => applied?.employerId,
    },
    {
      aggregate: vacancy,
      path: "/vacancies/:id",
      status: ({ status }: VacancyState) => status,
      employerOf: ({ vacancy: published }: VacancyState) => published?.employerId,
      withoutCases: ({ held, ...state }: VacancyState) => ({ ...state, positionsHeld: Object.keys(held).length }),
    },
    {
      aggregate: employer,
      path: "/employers/:id",
      status: ({ status }: EmployerState) => status,
      employerOf: ({ employerId }: EmployerState) => employerId,
    },
    { aggregate: candidacy, status: ({ status }: CandidacyState) => status },
  ],
  commands,
  queries,
  reactions: [
    whenCvMayBeMatched,
    whenCaseStops,
    whenApplicationSubmitted,
    whenOfferAccepted,
    whenOfferEnded,
    whenVisaRefused,
  ],
  projections: [applicants, matchable, employerNames, importsOfVacancies],
  reservations: [
    {
      limit: vacancy,
      reserved: PositionReserved,
      record: (event) => recordedIn(position(event).applicationId),
      release: (event) => ({ type: "ReleasePosition", ...position(event), reason: "offer-not-recorded" }),
    },
    {
      limit: vacancy,
      reserved: CriteriaFixed,
      record: ({ data }) => recordedIn(CriteriaFixed.schema.parse(data).applicationId),
      release: () => ({ type: "KeepCriteria" }),
    },
    {
      limit: candidacy,
      reserved: AcceptanceReserved,
      record: (event) => recordedIn(acceptance(event).applicationId),
      release: (event) => ({ type: "ReleaseAcceptance", ...acceptance(event), reason: "acceptance-not-recorded" }),
    },
  ],
  refusals,
  doors: importDoors(vacancyImport),
});
