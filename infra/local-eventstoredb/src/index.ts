export { startLocalEventStoreDb, type LocalEventStoreDb, type LocalEventStoreDbOptions } from "./local-eventstoredb.ts";
export type { LocalUser } from "./users.ts";
