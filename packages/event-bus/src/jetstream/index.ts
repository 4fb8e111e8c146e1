export { connectedUsers, type ConnectedUser } from "./connected-users.ts";
export { openJetStream, type JetStream, type JetStreamOptions } from "./open-stream.ts";
export { openJetStreamEventBus, type JetStreamEventBusOptions } from "./open-event-bus.ts";
export { IMPORTED_API, inboxPrefixOf, type NatsSettings } from "./settings.ts";
export { type StreamLimits } from "./shapes.ts";
