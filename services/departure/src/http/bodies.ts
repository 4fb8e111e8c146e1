import { country, MAX_GROUP_PLACES, reasonCode, uuid } from "@safar/contracts";
import { z } from "zod";

/** From when a fact counts, where that is not now (it is entered late). */
const effectiveAt = z.iso.datetime().optional();
const place = z.string().min(2).max(60);

const flight = {
  flight: z.string().min(2).max(20),
  from: place,
  to: place,
  departsAt: z.iso.datetime(),
};

export const emptyBody = z.strictObject({});

const bookingReference = z.string().min(1).max(40).optional();
/** A ticket of one's own, or a place in a travel group, whose flight it is. */
export const ticketBody = z.union([
  z.strictObject({ ...flight, bookingReference }),
  z.strictObject({ groupId: uuid, bookingReference }),
]);

export const borderExitBody = z.strictObject({ borderPoint: z.string().min(1).max(100).optional(), effectiveAt });
export const factBody = z.strictObject({ effectiveAt });
export const flightReportBody = z.strictObject({ ticketId: uuid.optional(), reason: reasonCode, effectiveAt });

export const travelGroupBody = z.strictObject({
  ...flight,
  destination: country,
  places: z.int().min(1).max(MAX_GROUP_PLACES),
});
export const reasonBody = z.strictObject({ reason: reasonCode });
