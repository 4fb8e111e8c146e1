import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { country, reasonCode, uuid } from "../fields.ts";

/** More people than one aircraft takes do not travel as one group. */
export const MAX_GROUP_PLACES = 500;

/** A block of places on one flight. */
export const TravelGroupFormed = event(
  "TravelGroupFormed",
  z.strictObject({
    flight: z.string().min(2).max(20),
    from: z.string().min(2).max(60),
    to: z.string().min(2).max(60),
    departsAt: z.iso.datetime(),
    destination: country,
    places: z.int().min(1).max(MAX_GROUP_PLACES),
  }),
).published();

const place = { ticketId: uuid, caseId: uuid };
export const GroupPlaceReserved = event("GroupPlaceReserved", z.strictObject(place)).published();
export const GroupPlaceReleased = event(
  "GroupPlaceReleased",
  z.strictObject({ ...place, reason: reasonCode }),
).published();

/** Every ticket of the group follows, each in its own case. */
export const GroupFlightCancelled = event("GroupFlightCancelled", z.strictObject({ reason: reasonCode })).published();

export const travelGroupContracts = contractSet({
  category: "travelGroup",
  service: "departure",
  subject: "travelGroup",
  contracts: [TravelGroupFormed, GroupPlaceReserved, GroupPlaceReleased, GroupFlightCancelled],
});
