import { fileURLToPath } from "node:url";
import type { ServiceDefinition } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

const NAMESPACE = "event_store.client";

/** The services that are answered, from the files of this folder. All others are refused as UNIMPLEMENTED by gRPC. */
export const loadServices = () => {
  const files = ["streams.proto", "server-features.proto", "gossip.proto"];
  // 64-bit numbers come as text: they are revisions and positions, and a number would round the large ones.
  const loaded = loadSync(files, {
    includeDirs: [fileURLToPath(new URL(".", import.meta.url))],
    longs: String,
    enums: String,
    oneofs: true,
  });
  const serviceOf = (name: string): ServiceDefinition => {
    const service = loaded[`${NAMESPACE}.${name}`];
    if (service === undefined || "format" in service) throw new Error(`the protocol's files have no service ${name}`);
    return service;
  };
  return {
    streams: serviceOf("streams.Streams"),
    serverFeatures: serviceOf("server_features.ServerFeatures"),
    gossip: serviceOf("gossip.Gossip"),
  };
};
