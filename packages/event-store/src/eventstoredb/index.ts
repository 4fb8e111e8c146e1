export { openEventStoreDb, type EventStoreDbOptions } from "./open.ts";
export { type EventStoreDbLimits } from "./limits.ts";
export { migrateLog, type MigrateOptions, type MoveProgress, type MoveResult } from "./migrate.ts";
export { continueLogAbove, ContinueRefused } from "./continue-above.ts";
export { MoveRefused } from "./move-refused.ts";
export { writeDefaultAccess } from "./default-access.ts";
