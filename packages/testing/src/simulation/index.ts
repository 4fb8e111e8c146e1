export { runSeed, type Act, type RunOptions, type RunResult } from "./run.ts";
export { BUGS, BUG_NAMES, type BugName } from "./bugs/names.ts";
export { chanceOf, type Chance } from "./chance.ts";
export type { Send } from "./clients.ts";
export type { DoorAnswer, DoorRequest } from "./doors.ts";
