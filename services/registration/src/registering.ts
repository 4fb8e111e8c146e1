import type { ConsentGranted, FactOfContract } from "@safar/contracts";
import { ageOn, idFromTransaction } from "@safar/kernel";
import type { Header } from "@safar/event-store";
import type { CommandEdge, CommandPlan } from "@safar/service-kit";
import { person, registrationCase } from "./aggregates.ts";
import type { CaseCommand, SuspectedDuplicate } from "./domain/case/commands.ts";
import type { PersonState } from "./domain/person/state.ts";
import type { Candidate } from "./domain/candidate-fields.ts";

/** What registering needs of the edge; an import gives the same. */
export type RegisteringEdge = Pick<CommandEdge, "transactionId" | "vault" | "load" | "takeCaseNumber">;

/** The consent as the order on consent lists it; its text has a version of its own. */
const CONSENT_TEXT_VERSION = "2026-01";

export const consentOf = (
  transactionId: string,
  grantedOn: string,
  purposes: FactOfContract<typeof ConsentGranted>["data"]["purposes"] = [
    "placement",
    "employers",
    "agencies",
    "cross-border-transfer",
  ],
): FactOfContract<typeof ConsentGranted>["data"] => ({
  consentId: idFromTransaction(transactionId, "consent"),
  grantedOn,
  operator: "Migration Agency",
  purposes,
  dataCategories: ["identity", "contact", "occupation", "journey"],
  thirdParties: ["employers", "licensed private agencies", "insurers"],
  crossBorder: purposes.includes("cross-border-transfer"),
  textVersion: CONSENT_TEXT_VERSION,
});

type SearchedBy = Pick<Candidate, "passport" | "surname" | "givenName" | "patronymic" | "birthDate">;

/**
 * Other persons with the same passport, or the same folded full name and birth date, whose journey is in the log
 * (lifecycle.md, 1). Sorted by case, so that a repeat finds the same.
 */
export const findSuspected = async (
  edge: Pick<RegisteringEdge, "vault" | "load">,
  personId: string,
  candidate: SearchedBy,
): Promise<SuspectedDuplicate[]> => {
  const { passport, surname, givenName, patronymic, birthDate } = candidate;
  const samePassport = await edge.vault.findPersons({ passport });
  const sameName = await edge.vault.findPersons({
    surname,
    givenName,
    ...(patronymic === undefined ? {} : { patronymic }),
    birthDate,
  });
  const suspected: SuspectedDuplicate[] = [];
  for (const otherPersonId of new Set([...samePassport, ...sameName])) {
    if (otherPersonId === personId) continue;
    const other = await edge.load<PersonState>(person, otherPersonId);
    const otherCaseId = other.state.openCaseId ?? other.state.lastCaseId;
    if (otherCaseId === undefined) continue;
    const basis: SuspectedDuplicate["basis"] = [];
    if (samePassport.includes(otherPersonId)) basis.push("passport");
    if (sameName.includes(otherPersonId)) basis.push("name-and-birth-date");
    suspected.push({ otherCaseId, otherPersonId, basis });
  }
  return suspected.sort((a, b) => (a.otherCaseId < b.otherCaseId ? -1 : 1));
};

/** How a candidate comes in: by a clerk, an agency, the candidate, or a list. */
export interface Intake {
  readonly candidate: Candidate;
  /** Where the vault was asked for the person already. */
  readonly personId?: string;
  readonly warnings: readonly string[];
  /** The day on which age, passport and consent are judged. */
  readonly asOf: string;
  readonly unit: string | undefined;
  readonly addressedList?: { readonly branch: string; readonly listDate: string };
  readonly from?: { readonly importId: string; readonly importRow: number };
}

/** The place of the person's one open journey, taken before the case goes on. */
export const reserveJourney = (caseId: string, personId: string): NonNullable<CommandPlan["reserve"]> => ({
  aggregate: person,
  id: personId,
  command: { type: "OpenJourney", caseId },
  release: { type: "EndJourney", caseId, cause: "given-up" },
  header: { personId },
});

/**
 * The plan of one registration: the journey is opened in the person's stream, then the case's own stream begins.
 * Leaves a person in the vault, so it is called only once every rule of the form holds.
 */
export const planRegistration = async (edge: RegisteringEdge, intake: Intake): Promise<CommandPlan> => {
  const { candidate, warnings, asOf, unit, addressedList, from } = intake;
  const caseId = idFromTransaction(edge.transactionId, "case");
  const personId = intake.personId ?? (await edge.vault.findOrCreatePerson(candidate.pinfl)).personId;
  const suspected = await findSuspected(edge, personId, candidate);
  const caseNumber = await edge.takeCaseNumber(Number(asOf.slice(0, 4)), candidate.regionSoato);
  const { consentDate, ...fields } = candidate;
  const header: Header = {
    caseId,
    personId,
    unit: unit ?? candidate.regionSoato,
    region: candidate.regionSoato,
    ...(candidate.agencyLicence === undefined ? {} : { agency: candidate.agencyLicence }),
  };
  const command: CaseCommand = {
    type: "RegisterCandidate",
    candidate: {
      ...fields,
      destinations: [...fields.destinations],
      caseNumber,
      warnings: [...warnings],
      asOf,
      ...from,
    },
    consent: consentOf(edge.transactionId, consentDate),
    ageOnAsOf: ageOn(candidate.birthDate, asOf),
    suspected,
    ...(addressedList ? { addressedList } : {}),
  };
  return {
    aggregate: registrationCase,
    id: caseId,
    command,
    header,
    reserve: reserveJourney(caseId, personId),
  };
};
