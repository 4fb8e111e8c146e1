import { connect, headers as createHeaders, type JetStreamClient } from "nats";
import type { EventStore } from "@safar/event-store";
import { RELAY_WINDOW } from "../../src/limits.ts";
import type { LifecycleMessage } from "../../src/index.ts";
import { createOutgoing } from "../../src/relay/outgoing.ts";
import { decoder } from "../../test/journeys.ts";
import { costOf, type Cost } from "./ground.ts";

/** The client's own acknowledged publish, with the relay's headers, bodies, fence and messages under way. */

const outgoing = createOutgoing(decoder, "4d1c3a54-0f55-4d0c-8a57-6a1c6f1f2a10");

/** The log's messages as the relay makes them, for a stream beside the relay's. */
export const messagesOf = async function* (store: EventStore): AsyncGenerator<LifecycleMessage> {
  for await (const stored of store.readAll()) {
    const message = outgoing.messageOf(stored);
    if (message) yield { ...message, subject: message.subject.replace("safar", "bench") };
  }
};

/** Publishes them one behind the other, so many under way at once; gives how many. */
const publishAll = async (
  jetstream: JetStreamClient,
  messages: Iterable<LifecycleMessage> | AsyncIterable<LifecycleMessage>,
): Promise<number> => {
  let sent = 0;
  let underWay = 0;
  let lastId: string | undefined;
  let wake = (): void => undefined;
  const send = async ({ id, subject, body, headers: given }: LifecycleMessage): Promise<void> => {
    const headers = createHeaders();
    for (const [name, value] of Object.entries(given)) headers.set(name, value);
    const expect = { lastSequence: sent, ...(lastId !== undefined && { lastMsgID: lastId }) };
    sent += 1;
    lastId = id;
    underWay += 1;
    await jetstream.publish(subject, body, { msgID: id, headers, expect });
    underWay -= 1;
    wake();
  };
  const roomFor = async (count: number): Promise<void> => {
    while (underWay > RELAY_WINDOW - count) await new Promise<void>((resolve) => (wake = resolve));
  };
  const failures: unknown[] = [];
  const publish = (message: LifecycleMessage): void => {
    void send(message).catch((error: unknown) => failures.push(error));
  };
  // Not awaited where there is room, as in the relay: what one turn publishes goes out as one packet.
  if (Symbol.iterator in messages)
    for (const message of messages) {
      if (underWay >= RELAY_WINDOW) await roomFor(RELAY_WINDOW / 2);
      publish(message);
    }
  else
    for await (const message of messages) {
      if (underWay >= RELAY_WINDOW) await roomFor(RELAY_WINDOW / 2);
      publish(message);
    }
  await roomFor(RELAY_WINDOW);
  if (failures.length > 0) throw new Error(`${failures.length} were not stored`, { cause: failures[0] });
  return sent;
};

export const clientCost = async (
  url: string,
  messages: Iterable<LifecycleMessage> | AsyncIterable<LifecycleMessage>,
): Promise<Cost> => {
  const nats = await connect({ servers: url, noAsyncTraces: true });
  const manager = await nats.jetstreamManager();
  await manager.streams.add({ name: "BENCH", subjects: ["bench.>"] });
  const jetstream = nats.jetstream();
  const cost = await costOf(() => publishAll(jetstream, messages));
  await manager.streams.delete("BENCH");
  await nats.close();
  return cost;
};
