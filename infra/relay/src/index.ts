export { startRelay, type RelayProcess, type RelayProcessOptions } from "./start-relay.ts";
