import {
  applicationContracts,
  checkDigitOf,
  registrationContracts,
  trainingContracts,
  type DecodedEvent,
} from "@safar/contracts";
import { applicationIdOf } from "@safar/kernel";
import type { Kit } from "@safar/service-kit";
import { candidateRegistered, inventedPerson, recordElsewhere, type FactElsewhere } from "@safar/testing";
import { terms } from "./given.ts";

/** Facts of the case's registration. */
export const registration = async (kit: Kit, caseId: string, ...facts: readonly FactElsewhere[]): Promise<void> => {
  await recordElsewhere(kit, registrationContracts, caseId, { caseId }, ...facts);
};

/** A case of the branch 1726. */
export const register = async (kit: Kit, caseId: string, n: number, given: object = {}): Promise<void> => {
  const header = { caseId, personId: kit.environment.random.uuid(), unit: "1726", region: "1726" };
  const registered = candidateRegistered(n, { ...given });
  const consent = consentGranted(kit.environment.random.uuid());
  await recordElsewhere(kit, registrationContracts, caseId, header, registered, consent);
};

const consentGranted = (consentId: string): FactElsewhere => ({
  type: "ConsentGranted",
  data: {
    consentId,
    grantedOn: "2026-01-15",
    operator: "Migration Agency",
    purposes: ["placement"],
    dataCategories: ["documents"],
    thirdParties: [],
    crossBorder: true,
    textVersion: "1",
  },
});
export const consentAgain = consentGranted("00000000-0000-4000-8000-00000000c0de");
export const consentWithdrawn: FactElsewhere = { type: "ConsentWithdrawn", data: { withdrawnOn: "2026-03-01" } };
export const suspended: FactElsewhere = { type: "CaseSuspended", data: { reason: "document-check" } };
export const resumed: FactElsewhere = { type: "CaseResumed", data: { reason: "document-check" } };
export const withdrew: FactElsewhere = { type: "CandidateWithdrew", data: { reason: "family" } };
export const closed: FactElsewhere = { type: "CaseClosed", data: { reason: "came-home" } };

/** TR asks for an orientation only, DE for language, certificate and orientation; KZ for no visa. */
export const corridors = {
  TR: { country: "TR", sector: "construction" },
  DE: { country: "DE", sector: "construction" },
  KZ: { country: "KZ", sector: "construction" },
} as const;

const vacancyId = "0190f3c2-7b1a-4c3d-8e2f-000000000004";
export const employerId = "0190f3c2-7b1a-4c3d-8e2f-000000000005";

/** An accepted offer; `round` tells journeys of one case apart. */
export const offerOf = (kit: Kit, caseId: string, country: keyof typeof corridors, round = 1) => ({
  applicationId: applicationIdOf(caseId, `vacancy ${round}`),
  vacancyId,
  offerId: kit.environment.random.uuid(),
  employerId,
  corridor: corridors[country],
  contractMonths: 24,
  terms,
});
export type Offer = ReturnType<typeof offerOf>;

export const selection = async (kit: Kit, caseId: string, offer: Offer, ...facts: readonly FactElsewhere[]) => {
  const header = { caseId, destination: offer.corridor.country };
  await recordElsewhere(kit, applicationContracts, offer.applicationId, header, ...facts);
};
export const accepted = (offer: Offer): FactElsewhere => ({ type: "OfferAccepted", data: offer });
export const offerWithdrawn = ({ applicationId, offerId }: Offer): FactElsewhere => ({
  type: "ApplicationWithdrawn",
  data: { applicationId, vacancyId, reason: "other-work", offerId },
});
export const placedOnReserve = ({ applicationId, offerId }: Offer): FactElsewhere => ({
  type: "PlacedOnReserve",
  data: {
    applicationId,
    vacancyId,
    priority: true,
    cause: "visa-refused",
    offerId,
    reasons: ["visa-refused"],
    basedOn: [],
  },
});

/** @returns the id of `CertificateIssued` */
export const certify = async (kit: Kit, caseId: string, track: "trade" | "language"): Promise<string> => {
  const data = {
    certificateId: kit.environment.random.uuid(),
    enrolmentId: kit.environment.random.uuid(),
    number: "TKM-1",
    track,
    ...(track === "language" ? { language: "de", cefr: "B1" } : { isco: "7112" }),
    issuedOn: "2026-02-01",
    validUntil: "2099-01-01",
    verificationCode: "7F3A-09C2-D41B-88E0",
  };
  const [id] = await recordElsewhere(kit, trainingContracts, caseId, { caseId }, { type: "CertificateIssued", data });
  return id ?? "";
};

export const orient = async (kit: Kit, caseId: string, destination: string): Promise<string> => {
  const data = {
    destination,
    moduleVersion: "1",
    completedOn: "2026-02-10",
    identityProven: true,
    identityMethod: "document",
  };
  const [id] = await recordElsewhere(
    kit,
    trainingContracts,
    caseId,
    { caseId },
    { type: "OrientationCompleted", data },
  );
  return id ?? "";
};

const filled = (text: string, length: number): string => text.padEnd(length, "<").slice(0, length);
const checked = (characters: string): string => `${characters}${checkDigitOf(characters)}`;

/** Both lines of the passport's machine readable zone; what is given replaces a field. */
export const zoneOf = (given: Partial<typeof inventedPerson> = {}): string => {
  const { surname, givenName, sex, birthDate, pinfl, passport, passportExpiry } = { ...inventedPerson, ...given };
  const day = (date: string): string => date.slice(2).replaceAll("-", "");
  const number = checked(filled(passport, 9));
  const birth = checked(day(birthDate));
  const expiry = checked(day(passportExpiry));
  const personal = checked(filled(pinfl, 14));
  const composite = checkDigitOf(`${number}${birth}${expiry}${personal}`);
  const names = filled(`P<UZB${surname}<<${givenName}`.toUpperCase(), 44);
  return `${names}\n${number}UZB${birth}${sex === "E" ? "M" : "F"}${expiry}${personal}${composite}`;
};

export type Recorded = Pick<DecodedEvent, "type" | "data" | "meta" | "id">;
