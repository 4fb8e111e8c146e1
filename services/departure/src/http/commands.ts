import { clearanceCommands } from "./clearance-commands.ts";
import { travelCommands } from "./travel-commands.ts";
import { travelGroupCommands } from "./travel-group-commands.ts";

/** Everything that can be done to a departure and to a travel group. */
export const commands = [...clearanceCommands, ...travelCommands, ...travelGroupCommands];
