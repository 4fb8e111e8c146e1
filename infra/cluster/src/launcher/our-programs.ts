import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listens, saysAlive, saysReady, takesRequests } from "./listening.ts";
import type { Program } from "./program.ts";

export type Variables = Program["variables"];

const programAt = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

const doors = (port: number): Pick<Program, "isReady" | "isAlive"> => ({
  isReady: () => saysReady(port),
  isAlive: (signal) => saysAlive(port, signal),
});

export const developmentLog = (folder: string, port: number, variables: Variables): Program => ({
  name: "eventstore",
  command: process.execPath,
  args: [
    programAt("infra/local-eventstoredb/src/main.ts"),
    "--data",
    join(folder, "eventstore"),
    "--port",
    String(port),
  ],
  variables,
  isReady: () => listens(port),
});

export const relayProgram = (port: number, shared: Variables): Program => ({
  name: "relay",
  command: process.execPath,
  args: [programAt("infra/relay/src/main.ts")],
  variables: { ...shared, SAFAR_HOST: "127.0.0.1", SAFAR_PORT: String(port) },
  ...doors(port),
});

export const serviceProgram = (
  service: string,
  replica: number,
  port: number,
  folder: string,
  shared: Variables,
): Program => {
  const name = `${service}-${replica}`;
  return {
    name,
    command: process.execPath,
    args: [programAt(`services/${service}/src/main.ts`)],
    variables: {
      ...shared,
      SAFAR_HOST: "127.0.0.1",
      SAFAR_PORT: String(port),
      SAFAR_READ_MODELS: join(folder, "read-models", name),
      // The gateway, where the launcher is told of no more.
      SAFAR_PROXIES: shared["SAFAR_PROXIES"] ?? "1",
    },
    ...doors(port),
  };
};

export const gatewayProgram = (port: number, variables: Variables): Program => ({
  name: "gateway",
  command: process.execPath,
  args: [programAt("infra/cluster/src/gateway/main.ts")],
  variables,
  ...doors(port),
  isReady: () => takesRequests(port),
});
