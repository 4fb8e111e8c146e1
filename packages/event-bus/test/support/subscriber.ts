import { connect } from "nats";
import { referenceOf, STREAM } from "../../src/index.ts";

/** A subscriber outside, with the plain client and a durable that the relay made. */
export const openSubscriber = async (url: string, durable: string) => {
  const nats = await connect({ servers: url, maxReconnectAttempts: -1 });
  const consumer = await nats.jetstream().consumers.get(STREAM, durable);
  const ids: string[] = [];
  const messages = await consumer.consume({ max_messages: 1 });
  const reading = (async () => {
    for await (const message of messages) {
      const headers = Object.fromEntries([...(message.headers ?? [])].map(([name, [value]]) => [name, value ?? ""]));
      const reference = referenceOf({ sequence: message.seq, subject: message.subject, headers });
      if (reference) ids.push(reference.id);
      message.ack();
    }
  })();
  return {
    ids,
    async close(): Promise<void> {
      await messages.close();
      await reading;
      await nats.drain();
    },
  };
};
