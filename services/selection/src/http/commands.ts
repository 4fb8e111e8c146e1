import { applicationCommands } from "./applications.ts";
import { decisionCommands } from "./decisions.ts";
import { employerCommands } from "./employers.ts";
import { offerCommands } from "./offers.ts";
import { vacancyCommands } from "./vacancies.ts";

/** Everything that can be done in selection. */
export const commands = [
  ...employerCommands,
  ...vacancyCommands,
  ...applicationCommands,
  ...decisionCommands,
  ...offerCommands,
];
