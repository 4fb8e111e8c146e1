import { z } from "zod";
import { event } from "./event.ts";

/** Events that the kit writes itself, into streams of its own or beside a service's own events. */

/** Somebody saw personal data of a case: recorded before the first byte, in `access-<caseId>`. Private. */
export const PersonalDataRead = event(
  "PersonalDataRead",
  z.strictObject({
    /** What was read: `registration.case`, `audit.history`, `registration.search` … */
    what: z.string(),
    /** JSON pointers of the personal fields that were shown. */
    fields: z.array(z.string()),
    page: z.string().optional(),
  }),
);

/** A reaction's command was refused: on record in the stream it would have changed. */
export const ReactionRefused = event(
  "ReactionRefused",
  z.strictObject({
    reaction: z.string(),
    /** The command that was refused. */
    command: z.string(),
    code: z.string(),
    alarm: z.boolean(),
  }),
).published();

/** The first half of a transaction over two streams was given up; its second half can never be recorded. */
export const ReservationGivenUp = event(
  "ReservationGivenUp",
  z.strictObject({ reserved: z.string(), reason: z.string() }),
);

/** An event that a reaction could not take after its last try; kept in order in `<category>Parked-<caseId>`. */
export const EventParked = event(
  "EventParked",
  z.strictObject({
    reaction: z.string(),
    eventId: z.string(),
    stream: z.string(),
    revision: z.int(),
    position: z.string(),
    reason: z.string(),
  }),
);
export const ParkedEventReleased = event("ParkedEventReleased", z.strictObject({ eventId: z.string() }));

/** A block of case numbers of a year and region: numbers are never reused, gaps are allowed. */
export const CaseNumbersTaken = event("CaseNumbersTaken", z.strictObject({ from: z.int().min(1), to: z.int().min(1) }));

/** Types that may stand in any stream of a case and change no service's state. */
export const KIT_EVENTS = [ReactionRefused, ReservationGivenUp] as const;
