import { randomUUID } from "node:crypto";
import { credentials, makeGenericClientConstructor, type ClientDuplexStream } from "@grpc/grpc-js";
import type { Test } from "tap";
import { loadServices } from "../../src/protocol/services.ts";

/** The protocol without the client, for what the client would come to grief over. */
export const batchCall = (
  t: Test,
  url: string,
): ClientDuplexStream<object, { result: string; error?: { message: string } }> => {
  const Streams = makeGenericClientConstructor(loadServices().streams, "Streams");
  const client = new Streams(new URL(url).host, credentials.createInsecure());
  const call = client["batchAppend"]!() as ReturnType<typeof batchCall>;
  call.on("error", () => undefined);
  t.teardown(() => {
    call.cancel();
    client.close();
  });
  return call;
};

export const batchRequest = (stream: string, event: { readonly id?: string; readonly type?: string }) => ({
  correlationId: { string: randomUUID() },
  options: { streamIdentifier: { streamName: Buffer.from(stream) }, noStream: {} },
  proposedMessages: [
    {
      id: { string: event.id ?? randomUUID() },
      metadata: { type: event.type ?? "Noted", "content-type": "application/json" },
      data: Buffer.from("{}"),
    },
  ],
  isFinal: true,
});
