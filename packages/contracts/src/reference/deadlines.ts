import { z } from "zod";
import data from "./deadlines.json" with { type: "json" };
import { parseDuration } from "./duration.ts";

const duration = z.string().transform((text, context) => {
  const parsed = parseDuration(text);
  if (parsed) return parsed;
  context.addIssue({ code: "custom", message: `${text} is no duration` });
  return z.NEVER;
});

/** "up to P1Y": the length is set case by case, within that limit. */
const length = z.string().transform((text) => ({
  atMost: text.startsWith("up to "),
  ...duration.parse(text.replace(/^up to /, "")),
}));

/** Event names, any of which meets the deadline. */
const eventNames = z.string().transform((text) => text.split(" | "));

const policySchema = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  /** `*`: every service. */
  service: z.string(),
  /** The event that starts it, or in words what does. */
  starts: z.string(),
  met: eventNames.optional(),
  length: length.optional(),
  /** `working`: Monday to Friday less the holidays of the year, Asia/Tashkent. */
  calendar: z.enum(["calendar", "working"]),
  /** The kind of days that another reading of the same rule counts. */
  alternative: z.enum(["calendar", "working"]).optional(),
  /** Where it comes from: the work plan, an act, or a proposal that the Agency may change. */
  basis: z.string(),
  direction: z.literal("not before").optional(),
  /** Warnings ahead of the date. */
  before: z.array(duration).optional(),
  /** Steps after the start while it is not met. */
  escalations: z.array(duration).optional(),
  /** Further deadlines of the same kind, from the same start. */
  then: z.array(duration).optional(),
  /** What is recorded, or what follows, when it passes. */
  onBreach: z.string().optional(),
});
export type DeadlinePolicy = Readonly<z.infer<typeof policySchema>>;

/** The version of the table below, for what is decided by it to name; it goes up with every change of the data. */
export const DEADLINE_POLICIES_VERSION = 1;

export const DEADLINE_POLICIES: readonly DeadlinePolicy[] = z.array(policySchema).parse(data.policies);

const policiesById: ReadonlyMap<string, DeadlinePolicy> = new Map(
  DEADLINE_POLICIES.map((policy) => [policy.id, policy]),
);

export const deadlinePolicy = (id: string): DeadlinePolicy | undefined => policiesById.get(id);
