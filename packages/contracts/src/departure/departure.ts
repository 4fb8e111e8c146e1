import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { cefr, corridorField, country, isoDate, reasonCode, requiresField, uuid } from "../fields.ts";
import { personal } from "../personal.ts";

/** What a clearance is made of. Which of them a case needs follows from its requirement set (`clearanceItemsOf`). */
export const clearanceItem = z.enum([
  "dossier",
  "visa",
  "medical",
  "language",
  "certificate",
  "orientation",
  "insurance",
]);
export type ClearanceItem = z.infer<typeof clearanceItem>;

/** Where a stopped departure stands: it may go on later, or this round of it is over. */
export const stoppedAs = z.enum(["held", "cancelled"]);

const round = uuid;
/** A fact that came before what it follows from: it counts, and is marked. */
const late = z.literal(true).optional();
const instant = z.iso.datetime();

export const ClearanceOpened = event(
  "ClearanceOpened",
  z.strictObject({
    round,
    corridor: corridorField,
    /** The requirement set in force for this round. */
    requires: requiresField,
    contractMonths: z.int().min(1).optional(),
    employerId: uuid.optional(),
  }),
).published();

/** In the stream of a departure; visa-docs has an event of the same name for its dossier. */
export const ClearanceRequirementMet = event(
  "RequirementMet",
  z.strictObject({
    /** Absent for what a person holds whatever the round: a certificate, an orientation. */
    round: round.optional(),
    requirement: clearanceItem.exclude(["insurance"]),
    /** Id of the event that met it. */
    by: z.string(),
    language: z.string().optional(),
    cefr: cefr.optional(),
    destination: country.optional(),
    validUntil: isoDate.optional(),
  }),
).published();

export const CoverMarkedInForce = event(
  "CoverMarkedInForce",
  z.strictObject({ policyId: uuid, round, validFrom: isoDate, validUntil: isoDate }),
).published();
/** The policy that covered the round does so no longer. */
export const CoverEnded = event("CoverEnded", z.strictObject({ policyId: uuid, reason: reasonCode })).published();

export const ClearanceGranted = event("ClearanceGranted", z.strictObject({ round })).published();

/** A refusal that is on record: somebody asked, or the visa was refused; every missing item is named. */
export const ClearanceRefused = event(
  "ClearanceRefused",
  z.strictObject({
    round: round.optional(),
    missing: z.array(clearanceItem),
    reason: z.enum(["items-missing", "visa-refused"]),
  }),
).published();
export const ClearanceRevoked = event(
  "ClearanceRevoked",
  z.strictObject({ round, reason: reasonCode, stoppedAs }),
).published();

export const TicketBooked = event(
  "TicketBooked",
  z.strictObject({
    round,
    ticketId: uuid,
    /** IATA or ICAO designator and number; a train's or coach's own number. */
    flight: z.string().min(2).max(20),
    from: z.string().min(2).max(60),
    to: z.string().min(2).max(60),
    departsAt: instant,
    groupId: uuid.optional(),
    bookingReference: personal(z.string().min(1).max(40), { of: "personId" }).optional(),
  }),
).published();
/** Addition: the ticket of who does not travel after all is given back. */
export const TicketCancelled = event(
  "TicketCancelled",
  z.strictObject({ round, ticketId: uuid, groupId: uuid.optional(), reason: reasonCode }),
).published();

export const BorderExitConfirmed = event(
  "BorderExitConfirmed",
  z.strictObject({ round: round.optional(), exitedAt: instant, borderPoint: z.string().max(100).optional(), late }),
).published();
export const ArrivalConfirmed = event(
  "ArrivalConfirmed",
  z.strictObject({ round: round.optional(), arrivedAt: instant, late }),
).published();
export const EmployerPickupConfirmed = event(
  "EmployerPickupConfirmed",
  z.strictObject({ round: round.optional(), pickedUpAt: instant, late }),
).published();

const flightFact = { round: round.optional(), ticketId: uuid.optional(), reason: reasonCode, late };
export const FlightMissed = event("FlightMissed", z.strictObject({ ...flightFact, missedAt: instant })).published();
export const FlightCancelled = event(
  "FlightCancelled",
  z.strictObject({ ...flightFact, groupId: uuid.optional() }),
).published();
export const OffloadedAtBorder = event(
  "OffloadedAtBorder",
  z.strictObject({ ...flightFact, offloadedAt: instant }),
).published();

export const departureContracts = contractSet({
  category: "departure",
  service: "departure",
  subject: "case",
  contracts: [
    ClearanceOpened,
    ClearanceRequirementMet,
    CoverMarkedInForce,
    CoverEnded,
    ClearanceGranted,
    ClearanceRefused,
    ClearanceRevoked,
    TicketBooked,
    TicketCancelled,
    BorderExitConfirmed,
    ArrivalConfirmed,
    EmployerPickupConfirmed,
    FlightMissed,
    FlightCancelled,
    OffloadedAtBorder,
  ],
});
