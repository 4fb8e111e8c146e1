import { readFile } from "node:fs/promises";
import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import type { Timers } from "@safar/kernel";
import { loadServices } from "./protocol/services.ts";

/** EventStoreDB takes records of 16 MiB less some overhead; a larger message ends its call. */
export const MAX_MESSAGE_BYTES = 16 * 1_048_576 - 10_000;
/** How long a stop waits for calls to end, in milliseconds; clients that do not take their last answers are cut off. */
const STOP_MS = 2_000;

/** The port cannot be had; the message is a sentence that says what to do. */
export class CannotListen extends Error {
  override readonly name = "CannotListen";
}

export interface Address {
  readonly address: string;
  readonly port: number;
}

type Answers = Readonly<Record<keyof ReturnType<typeof loadServices>, UntypedServiceImplementation>>;

/** PEM files of the server's certificate and its key. */
export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
}

const credentialsOf = async (certificate: Certificate | undefined): Promise<ServerCredentials> => {
  if (certificate === undefined) return ServerCredentials.createInsecure();
  const [cert_chain, private_key] = await Promise.all([readFile(certificate.certFile), readFile(certificate.keyFile)]);
  return ServerCredentials.createSsl(null, [{ cert_chain, private_key }]);
};

/** @param answersAt is given the address, which is known once the first call comes. */
export const listen = async (
  options: {
    readonly host: string;
    readonly port: number;
    readonly timers: Timers;
    readonly certificate: Certificate | undefined;
  },
  answersAt: (address: () => Address) => Answers,
): Promise<{ readonly port: number; close(): Promise<void> }> => {
  const { host, port: wanted, timers } = options;
  const credentials = await credentialsOf(options.certificate);
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": -1,
  });
  let port = wanted;
  const services = loadServices();
  const answers = answersAt(() => ({ address: host, port }));
  server.addService(services.streams, answers.streams);
  server.addService(services.serverFeatures, answers.serverFeatures);
  server.addService(services.gossip, answers.gossip);
  port = await bind(server, credentials, host, wanted);
  return { port, close: () => close(server, timers) };
};

const bind = (server: Server, credentials: ServerCredentials, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, credentials, (error, bound) => {
      if (error === null) resolve(bound);
      else reject(new CannotListen(sentenceFor(error.message, host, port), { cause: error }));
    });
  });

/** The library tells the system's code in its message only. */
const sentenceFor = (message: string, host: string, port: number): string => {
  if (message.includes("EADDRINUSE"))
    return `Port ${port} on ${host} is taken: stop what uses it, or choose another one with --port (0 takes a free one).`;
  if (message.includes("EACCES")) return `This user may not listen on port ${port}: choose one above 1023 with --port.`;
  return message;
};

const close = (server: Server, timers: Timers): Promise<void> =>
  new Promise((resolve) => {
    const cancel = timers.after(STOP_MS, () => {
      server.forceShutdown();
      resolve();
    });
    server.tryShutdown(() => {
      cancel();
      resolve();
    });
  });
