import { caseCommands } from "./case-commands.ts";
import { courseCommands } from "./course-commands.ts";

/** Everything that can be done to a course and to a case's training. */
export const commands = [...courseCommands, ...caseCommands];
