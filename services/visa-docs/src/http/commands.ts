import { documentCommands } from "./document-commands.ts";
import { medicalCommands } from "./medical-commands.ts";
import { submissionCommands } from "./submission-commands.ts";
import { visaCommands } from "./visa-commands.ts";

/** Everything that can be done to a dossier and to a group of applications. */
export const commands = [...documentCommands, ...medicalCommands, ...visaCommands, ...submissionCommands];
