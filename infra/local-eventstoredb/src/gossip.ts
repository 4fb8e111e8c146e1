import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";
import type { Environment } from "@safar/kernel";
import { structuredUuid } from "./uuids.ts";

/** A cluster of one, which leads. */
export const answerGossip = (options: {
  readonly environment: Environment;
  readonly address: () => { readonly address: string; readonly port: number };
}) => {
  const { clock, random } = options.environment;
  const instanceId = structuredUuid(random.uuid());
  return (_call: ServerUnaryCall<unknown, unknown>, callback: sendUnaryData<unknown>): void => {
    const member = {
      instanceId,
      timeStamp: String(Math.trunc(clock.now()) * 10_000),
      state: "Leader",
      isAlive: true,
      httpEndPoint: options.address(),
    };
    callback(null, { members: [member] });
  };
};
