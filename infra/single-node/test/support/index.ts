/** What the tests of the cluster share with those of one node: the same journeys, judged by the same rules. */
export { temporaryFolder } from "./folders.ts";
export { tokensOf } from "./inside.ts";
export { checkLog, readLog } from "./invariants.ts";
export { checkJourneys, type Ground } from "./journey.ts";
