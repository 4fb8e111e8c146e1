import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { uuid } from "../fields.ts";

/** `person-<personId>` holds the one open journey of a person, and nothing else. */
export const JourneyOpened = event("JourneyOpened", z.strictObject({ caseId: uuid }));
export const JourneyEnded = event(
  "JourneyEnded",
  z.strictObject({ caseId: uuid, cause: z.enum(["closed", "withdrawn", "merged", "given-up"]) }),
);

export const personContracts = contractSet({
  category: "person",
  service: "registration",
  subject: "person",
  contracts: [JourneyOpened, JourneyEnded],
});
