export { startLocalEventStoreDb, type LocalEventStoreDb, type LocalEventStoreDbOptions } from "./local-eventstoredb.ts";
