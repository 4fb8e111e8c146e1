import { benefitIdOf } from "@safar/kernel";
import type { Api, Part } from "./api.ts";
import type { Person } from "./people.ts";
import type { Chance } from "./random.ts";
import { SELECTOR, TRAINER, type Offering } from "./world.ts";

/** One journey under way: who, with what, by whose hand. */
export interface Walk {
  readonly api: Api;
  readonly chance: Chance;
  readonly person: Person;
  readonly offering: Offering;
  /** The signed contract, and its hash: the same at the embassy and with the employer. */
  readonly contract: Uint8Array;
  readonly contractSha256: string;
}

export const REGISTRAR: Part = { role: "registrar", unit: "1726" };
/** Who scored does not decide: the advice comes from another desk. */
const SCORER: Part = { role: "selector", unit: "1726", subject: "selector-1726-scoring" };
export const VISA: Part = { role: "visa-officer", unit: "1726" };
const DEPARTURE: Part = { role: "departure-officer", unit: "1726" };
export const REPRESENTATIVE: Part = { role: "representative" };
const INSURER: Part = { role: "insurer" };
const BENEFITS: Part = { role: "benefits-officer", unit: "1726" };

export const registrationBody = (person: Person, country: string, startsAbroad = false): Record<string, unknown> => ({
  channel: startsAbroad ? "representation" : "branch",
  ...person,
  isco: "7112",
  experienceYears: 3,
  destinations: [country],
  consentDate: "2026-01-15",
  ...(startsAbroad ? { startsAbroad } : {}),
});

export const register = async ({ api, person, offering }: Walk, startsAbroad = false): Promise<string> => {
  const body = registrationBody(person, offering.corridor.country, startsAbroad);
  return String((await api.do(REGISTRAR, "/registration/cases", body))["caseId"]);
};

export const proveIdentity = async ({ api }: Walk, caseId: string): Promise<void> => {
  const asked = await api.do(REGISTRAR, `/registration/cases/${caseId}/identity-requests`, { method: "document" });
  await api.do(REGISTRAR, `/registration/cases/${caseId}/identity-verifications`, {
    requestId: asked["id"],
    method: "document",
  });
};

export const publishCv = async ({ api, offering }: Walk, caseId: string): Promise<void> => {
  const { isco, language, country } = offering.corridor;
  await api.do(REGISTRAR, `/registration/cases/${caseId}/cvs`, {
    isco,
    experienceYears: 3,
    languages: language ? [language] : [],
    destinations: [country],
  });
};

const learnTrade = async ({ api, offering, chance }: Walk, caseId: string): Promise<void> => {
  const { language } = offering.corridor;
  const enrolled = await api.do(REGISTRAR, `/training/cases/${caseId}/enrolments`, {
    courseId: offering.tradeCourseId,
  });
  const enrolmentId = enrolled["id"];
  await api.do(TRAINER, `/training/cases/${caseId}/attendances`, { enrolmentId, present: true });
  const tracks = language ? (["trade", "language"] as const) : (["trade"] as const);
  for (const track of tracks)
    await api.do(TRAINER, `/training/cases/${caseId}/assessments`, {
      enrolmentId,
      track,
      passed: true,
      ...(track === "language" && language ? { cefr: language.cefr } : {}),
    });
  for (const track of tracks)
    await api.do(TRAINER, `/training/cases/${caseId}/certificates`, {
      enrolmentId,
      track,
      number: `C-${chance.digits(8)}`,
      validUntil: "2029-12-31",
    });
};

const attendOrientation = async ({ api, offering }: Walk, caseId: string): Promise<void> => {
  if (offering.orientationCourseId === undefined) return;
  const enrolled = await api.do(REGISTRAR, `/training/cases/${caseId}/enrolments`, {
    courseId: offering.orientationCourseId,
  });
  await api.do(TRAINER, `/training/cases/${caseId}/orientations`, {
    enrolmentId: enrolled["id"],
    moduleVersion: "2026.1",
    identityProven: true,
    identityMethod: "face-id",
  });
};

export const train = async (walk: Walk, caseId: string): Promise<void> => {
  await learnTrade(walk, caseId);
  await attendOrientation(walk, caseId);
};

/** From interest to an accepted offer; the application's id. */
export const findWork = async ({ api, offering, chance }: Walk, caseId: string): Promise<string> => {
  const { vacancyId } = offering;
  await api.do(REGISTRAR, `/registration/cases/${caseId}/interests`, { vacancyId });
  const submitted = await api.do(REGISTRAR, `/selection/vacancies/${vacancyId}/cases/${caseId}/applications`, {});
  const id = String(submitted["id"]);
  await api.do(SCORER, `/selection/applications/${id}/assessments`, {
    model: "match",
    modelVersion: "1",
    inputsSha256: chance.hex(64),
    criteriaVersion: 1,
    score: chance.between(60, 99),
    reasons: ["experience"],
  });
  await api.do(SELECTOR, `/selection/applications/${id}/shortlistings`, { reasons: ["meets-requirements"] });
  await api.do(SELECTOR, `/selection/applications/${id}/interviews`, { at: "2026-12-01T05:00:00Z", form: "online" });
  await api.do(SELECTOR, `/selection/applications/${id}/interview-results`, {
    outcome: "passed",
    reasons: ["skilled"],
  });
  await api.do(SELECTOR, `/selection/applications/${id}/offers`, { reasons: ["best-match"] });
  return id;
};

export const acceptOffer = async ({ api }: Walk, applicationId: string): Promise<void> => {
  await api.do(REGISTRAR, `/selection/applications/${applicationId}/acceptances`, {});
};

/** Facts that came early make a stream, but not yet an open one. */
const isOpened = ({ state }: Readonly<Record<string, unknown>>): true | undefined =>
  state === undefined || state === "unopened" ? undefined : true;

/** The dossier's papers, up to the day it could be handed in. */
export const collectPapers = async (
  { api, person, offering, contract, contractSha256 }: Walk,
  caseId: string,
): Promise<void> => {
  const path = `/visa-docs/cases/${caseId}`;
  await api.until("the dossier opens", VISA, path, isOpened);
  const scan = new TextEncoder().encode(`%PDF-1.4\n% passport ${caseId}\n%%EOF\n`);
  const file = await api.upload(VISA, `${path}/files`, scan);
  const uploaded = await api.do(VISA, `${path}/documents`, { kind: "passport", sha256: file["sha256"] });
  await api.do(VISA, `${path}/verifications`, { documentId: uploaded["id"], mrz: person.mrz });
  await api.upload(REGISTRAR, `${path}/files`, contract);
  await api.do(REGISTRAR, `${path}/contracts`, {
    sha256: contractSha256,
    terms: offering.terms,
    startsOn: "2027-02-01",
    method: "face-id",
  });
  if (!offering.corridor.medical) return;
  await api.do(REGISTRAR, `${path}/medicals`, {});
  await api.do(VISA, `${path}/medical-results`, { resultClass: "fit", validUntil: "2028-12-31" });
};

export const submitVisa = async ({ api, chance }: Walk, caseId: string): Promise<void> => {
  const path = `/visa-docs/cases/${caseId}`;
  await api.until("the dossier is complete", VISA, path, (body) => (body["state"] === "complete" ? true : undefined));
  await api.do(VISA, `${path}/submissions`, {});
  await api.do(VISA, `${path}/fees`, {
    amount: { minor: 7_500, currency: "EUR" },
    paidBy: "candidate",
    receiptNumber: `R-${chance.digits(6)}`,
  });
};

export const grantVisa = async ({ api, chance }: Walk, caseId: string): Promise<void> => {
  await api.do(VISA, `/visa-docs/cases/${caseId}/grants`, {
    visaNumber: `V${chance.digits(8)}`,
    validFrom: "2026-12-15",
    validUntil: "2028-12-31",
  });
};

type Item = Readonly<Record<string, unknown>>;
const itemsOf = (body: Readonly<Record<string, unknown>>): readonly Item[] => (body["items"] ?? []) as readonly Item[];

export const insure = async ({ api, chance }: Walk, caseId: string): Promise<void> => {
  const policyId = await api.until(
    "a policy is quoted",
    INSURER,
    `/insurance-compensation/cases/${caseId}`,
    (body) => itemsOf(body).find(({ kind, state }) => kind === "policy" && state === "policyQuoted")?.["id"],
  );
  const path = `/insurance-compensation/policies/${String(policyId)}`;
  await api.do(INSURER, `${path}/issues`, {
    number: `P-${chance.digits(8)}`,
    premium: { minor: 12_000_000, currency: "UZS" },
  });
  await api.do(INSURER, `${path}/activations`, { validFrom: "2026-11-01", validUntil: "2028-12-31" });
};

const bookTicket = async ({ api, offering }: Walk, caseId: string): Promise<void> => {
  const path = `/departure/cases/${caseId}`;
  await api.until("clearance is granted", DEPARTURE, path, (body) => (body["state"] === "ready" ? true : undefined));
  await api.do(DEPARTURE, `${path}/tickets`, {
    flight: "HY271",
    from: "TAS",
    to: offering.corridor.country,
    departsAt: "2026-12-20T03:00:00Z",
  });
};

export const depart = async (walk: Walk, caseId: string): Promise<void> => {
  const { api } = walk;
  await bookTicket(walk, caseId);
  await api.do(DEPARTURE, `/departure/cases/${caseId}/border-exits`, { borderPoint: "TAS" });
  await api.do(REPRESENTATIVE, `/departure/cases/${caseId}/arrivals`, {});
  await api.do(REPRESENTATIVE, `/departure/cases/${caseId}/pickups`, {});
};

/** The system was down when the flight left: the arrival is recorded first, the exit later with its true time. */
export const departOutOfOrder = async (walk: Walk, caseId: string): Promise<void> => {
  const { api } = walk;
  await bookTicket(walk, caseId);
  await api.do(REPRESENTATIVE, `/departure/cases/${caseId}/arrivals`, { effectiveAt: "2026-11-20T12:00:00Z" });
  await api.do(DEPARTURE, `/departure/cases/${caseId}/border-exits`, {
    borderPoint: "TAS",
    effectiveAt: "2026-11-20T03:00:00Z",
  });
};

/** The employer's side, with the contract; the other side may say the opposite. */
export const confirmPlacement = async (walk: Walk, caseId: string, placed = true): Promise<void> => {
  const { api, offering, contractSha256 } = walk;
  const path = `/placement-confirmation/cases/${caseId}`;
  await api.until("the placement opens", REPRESENTATIVE, path, isOpened);
  await api.do(REPRESENTATIVE, `${path}/reports`, {
    placed,
    ...(placed ? { startedOn: "2026-11-21" } : {}),
    onBehalfOf: "candidate",
  });
  await api.do(REPRESENTATIVE, `${path}/employer-confirmations`, {
    startedOn: "2026-11-21",
    contract: { sha256: contractSha256, terms: offering.terms },
  });
};

export const resolveDispute = async (
  { api }: Walk,
  caseId: string,
  outcome: "placed" | "not-placed",
): Promise<void> => {
  await api.do(REPRESENTATIVE, `/placement-confirmation/cases/${caseId}/dispute-resolutions`, {
    outcome,
    reason: "visited-on-site",
  });
};

/** Applies for the ticket's compensation and has it checked; the benefit's id. */
export const applyForTicket = async (
  { api, person, chance }: Walk,
  caseId: string,
  cardHolder?: string,
): Promise<string> => {
  const kind = "ticket";
  // Each kind opens by itself, one after the other.
  await api.until("eligibility opens", BENEFITS, `/insurance-compensation/cases/${caseId}`, (body) =>
    itemsOf(body).find(({ id, state }) => id === benefitIdOf(caseId, kind) && state === "eligibilityOpened"),
  );
  const applied = await api.do(BENEFITS, `/insurance-compensation/cases/${caseId}/benefits/${kind}`, {
    amount: { minor: chance.between(20_000_000, 90_000_000), currency: "UZS" },
    cardHolder: cardHolder ?? `${person.givenName} ${person.surname}`,
    cardNumber: `8600${chance.digits(12)}`,
  });
  const id = String(applied["id"]);
  await api.do(BENEFITS, `/insurance-compensation/benefits/${id}/checks`, {});
  return id;
};

export const pay = async ({ api, chance }: Walk, benefitId: string): Promise<void> => {
  const path = `/insurance-compensation/benefits/${benefitId}`;
  await api.do(BENEFITS, `${path}/approvals`, {});
  const ordered = await api.do(BENEFITS, `${path}/payment-orders`, {});
  await api.do(BENEFITS, `${path}/settlements`, { paymentId: ordered["id"], bankReference: `B-${chance.digits(9)}` });
};

export const rejectCompensation = async ({ api }: Walk, benefitId: string): Promise<void> => {
  await api.do(BENEFITS, `/insurance-compensation/benefits/${benefitId}/rejections`, { reasons: ["card-holder"] });
};
