export { openEventStoreDb, type EventStoreDbOptions } from "./open.ts";
export { type EventStoreDbLimits } from "./limits.ts";
