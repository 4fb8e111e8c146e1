import { CALLER_PROBLEMS } from "./caller-problems.ts";
import { COMMAND_PROBLEMS } from "./command-problems.ts";
import { LIVE_PROBLEMS } from "./live-problems.ts";
import { PARKED_PROBLEMS } from "./parked-problems.ts";
import { REQUEST_PROBLEMS } from "./request-problems.ts";
import { SERVER_PROBLEMS } from "./server-problems.ts";
import type { ProblemText } from "./problem-text.ts";

/** Problems of the doors themselves; refusals of a domain stand with their service. Codes are stable. */
export const KIT_PROBLEMS = {
  ...REQUEST_PROBLEMS,
  ...CALLER_PROBLEMS,
  ...COMMAND_PROBLEMS,
  ...LIVE_PROBLEMS,
  ...PARKED_PROBLEMS,
  ...SERVER_PROBLEMS,
} satisfies Readonly<Record<string, ProblemText>>;
