export * from "./port.ts";
export * from "./aggregate.ts";
export * from "./load.ts";
export { indexInTransaction, isAltered } from "./event-id.ts";
export * from "./execute.ts";
export * from "./reserve.ts";
export { openMemoryEventStore, type MemoryEventStoreOptions } from "./memory/store.ts";
export {
  openEmbeddedEventStore,
  LOG_FILE,
  type EmbeddedEventStore,
  type EmbeddedEventStoreOptions,
  type LogPlace,
} from "./embedded/open.ts";
export { LogFileRefused, type LogFileRefusal } from "./embedded/refused.ts";
export { backUp as backUpLog, type Backup } from "./embedded/backup.ts";
export { checkLogBackup, type LogCheck } from "./embedded/check.ts";
