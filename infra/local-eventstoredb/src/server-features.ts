import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";

/** The line of EventStoreDB that is stood in for; clients switch features by it. */
const SERVER_VERSION = "23.10.6";

const service = (serviceName: string, methods: readonly string[]) =>
  methods.map((methodName) => ({ methodName, serviceName, features: [] }));

/** Clients call what is listed here, and know for the rest that it is not there. */
const METHODS = [
  ...service("event_store.client.streams.streams", ["read", "append", "batchappend"]),
  ...service("event_store.client.server_features.serverfeatures", ["getsupportedmethods"]),
  ...service("event_store.client.gossip.gossip", ["read"]),
];

export const answerSupportedMethods = (
  _call: ServerUnaryCall<unknown, unknown>,
  callback: sendUnaryData<unknown>,
): void => {
  callback(null, { methods: METHODS, eventStoreServerVersion: SERVER_VERSION });
};
