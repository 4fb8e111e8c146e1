export * from "./port.ts";
export * from "./aggregate.ts";
export * from "./load.ts";
export * from "./execute.ts";
export * from "./reserve.ts";
export { openMemoryEventStore, type MemoryEventStoreOptions } from "./memory/store.ts";
