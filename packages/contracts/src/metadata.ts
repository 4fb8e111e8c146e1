import { z } from "zod";
import { roleSchema } from "./roles.ts";

/** Who did it. `kind: system` is a reaction, a watchdog or an import's own work. */
export const actorSchema = z.strictObject({
  id: z.string().min(1),
  role: roleSchema,
  orgUnit: z.string().optional(),
  kind: z.enum(["human", "system"]),
  channel: z.string().optional(),
});
export type Actor = z.infer<typeof actorSchema>;

export const evidenceSchema = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.string(),
  classification: z.enum(["ordinary", "personal", "special"]),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** What every event carries beside its data. Times are ISO instants in UTC. `recordedAt` and position are the log's. */
export const metadataSchema = z.strictObject({
  schemaVersion: z.int().min(1),
  service: z.string(),
  caseId: z.string().optional(),
  personId: z.string().optional(),
  /** The unit whose case it is: a branch's SOATO code, an agency's licence, an employer's id. */
  unit: z.string().optional(),
  /** Licence of the private agency that brought the candidate. */
  agency: z.string().optional(),
  /** SOATO code of the candidate's region. */
  region: z.string().optional(),
  /** ISO 3166-1 alpha-2. */
  destination: z.string().optional(),
  occurredAt: z.iso.datetime(),
  effectiveAt: z.iso.datetime().optional(),
  actor: actorSchema,
  transactionId: z.string(),
  /** HMAC of the request's body as received; a reaction has none. */
  requestHash: z.string().optional(),
  causationId: z.string().optional(),
  correlationId: z.string(),
  traceparent: z.string().optional(),
  legalBasis: z.string().optional(),
  consentId: z.string().optional(),
  reasonCode: z.string().optional(),
  evidence: z.array(evidenceSchema).optional(),
  /** The first position and time of an event that was moved from another log. */
  origin: z.unknown().optional(),
});
export type Metadata = z.infer<typeof metadataSchema>;
