import { caseCommands } from "./case-commands.ts";
import { correctPersonDetails, renewPassport } from "./details.ts";
import { registerCandidate } from "./register.ts";

/** Everything that can be done to a registration. */
export const commands = [registerCandidate, correctPersonDetails, renewPassport, ...caseCommands];
