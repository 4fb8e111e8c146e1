import { id, type Happened } from "./histories.ts";

/** One selection, as its streams tell it. */

export const applicationId = id(1);
export const vacancyId = id(2);
export const caseId = id(3);
export const employerId = id(4);
export const assessmentId = id(5);
export const interviewId = id(6);

export const terms = { wageMonth: { minor: 240_000, currency: "EUR" }, isco: "8332", hoursPerWeek: 40 };
export const requirements = { language: { tag: "de", cefr: "B1" }, minAge: 21 };
export const corridor = { country: "DE", sector: "transport" };
export const vacancyData = {
  employerId,
  sourceChannel: "agency",
  corridor,
  positions: 2,
  contractMonths: 24,
  terms,
  requirements,
  enteredOn: "2026-02-16",
  warnings: [],
};
export const published: Happened = { type: "VacancyPublished", data: { ...vacancyData, criteriaVersion: 1 } };
export const position = (n: number) => ({ offerId: id(100 + n), applicationId: id(200 + n), caseId: id(300 + n) });
export const reserved = (n: number): Happened => ({ type: "PositionReserved", data: position(n) });
export const taken = (n: number): Happened => ({ type: "PositionTaken", data: position(n) });
export const released = (n: number): Happened => ({
  type: "PositionReleased",
  data: { ...position(n), reason: "visa-refused", wasTaken: true },
});

const own = { applicationId, vacancyId };
const decision = { reasons: ["meets-every-requirement"], basedOn: [] };
export const offer = (n: number) => ({
  ...own,
  offerId: id(100 + n),
  employerId,
  corridor,
  contractMonths: 24,
  terms,
});

export const submitted: Happened = {
  type: "ApplicationSubmitted",
  data: { ...own, employerId, corridor, criteriaVersion: 1 },
};
export const assessed = (by: string): Happened => ({
  type: "MatchAssessed",
  by,
  data: {
    ...own,
    assessmentId,
    model: "requirements-match",
    modelVersion: "1",
    inputsSha256: "ab".repeat(32),
    criteriaVersion: 1,
    score: 80,
    reasons: ["experience-enough"],
  },
});
export const conflictOf = (by: string): Happened => ({
  type: "ConflictOfInterestDeclared",
  by,
  data: { ...own, relation: "family" },
});
export const shortlisted: Happened = { type: "Shortlisted", data: { ...own, ...decision } };
export const interviewArranged: Happened = {
  type: "InterviewScheduled",
  data: { ...own, interviewId, at: "2026-03-02T09:00:00Z", form: "online" },
};
export const interviewed: Happened = {
  type: "InterviewHeld",
  data: { ...own, interviewId, outcome: "passed", reasons: ["answered-well"] },
};
export const offered = (n: number): Happened => ({ type: "OfferIssued", data: { ...offer(n), ...decision } });
export const accepted = (n: number): Happened => ({ type: "OfferAccepted", data: offer(n) });
export const declined = (n: number): Happened => ({
  type: "OfferDeclined",
  data: { ...own, offerId: id(100 + n), reason: "wage-too-low" },
});
export const onReserve: Happened = {
  type: "PlacedOnReserve",
  data: { ...own, priority: true, cause: "visa-refused", offerId: id(101), ...decision },
};
export const rejected: Happened = { type: "ApplicationRejected", data: { ...own, ...decision } };
export const withdrawn: Happened = { type: "ApplicationWithdrawn", data: { ...own, reason: "family-reasons" } };

/** Every fact of an application, for histories in any order. */
export const everyApplicationFact: readonly Happened[] = [
  submitted,
  assessed("scorer"),
  conflictOf("cousin"),
  { type: "CvViewed", data: { ...own, viewId: id(7), viewer: "employer" } },
  shortlisted,
  interviewArranged,
  interviewed,
  offered(1),
  accepted(1),
  declined(1),
  onReserve,
  rejected,
  withdrawn,
];
