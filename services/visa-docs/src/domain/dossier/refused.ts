import type { Decision } from "@safar/kernel";

/** A decision that refuses with a value that a guard has made. */
export const refused = <Refusal>(refusal: Refusal): Decision<never, Refusal> => ({ accepted: false, refusal });
