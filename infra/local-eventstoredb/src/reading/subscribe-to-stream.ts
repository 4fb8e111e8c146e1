import type { RecordedEvent, SubscribeOptions } from "@safar/event-store";
import type { Failure } from "../failures.ts";
import type { ReadOptions } from "../protocol/messages.ts";
import { streamNameOf } from "../stream-names.ts";
import { createDelivery } from "./live-delivery.ts";
import { readEvent, uuidWriter } from "./read-event.ts";
import { lastRevisionOf, revisionOf } from "./read-stream.ts";
import type { Reading } from "./read.ts";

/** The stream's last revision that the subscriber does not want. */
const lastUnwanted = (options: ReadOptions, last: number | undefined): number => {
  const option = options.stream?.revisionOption ?? "start";
  if (option === "start") return -1;
  return option === "end" ? (last ?? -1) : revisionOf(options);
};

/** The store follows categories; what is not of this stream is passed over. */
const filterFor = (stream: string): Pick<SubscribeOptions, "filter"> => {
  const dash = stream.indexOf("-");
  return dash === -1 ? {} : { filter: { categories: [stream.slice(0, dash)] } };
};

export const subscribeToStream = async (reading: Reading): Promise<Failure | undefined> => {
  const { store, environment, options, out } = reading;
  const stream = streamNameOf(options.stream?.streamIdentifier);
  const head = await store.head();
  const last = await lastRevisionOf(store, stream);
  const dropped = new AbortController();
  const signal = AbortSignal.any([out.signal, dropped.signal]);
  const delivery = createDelivery(out, () => {
    dropped.abort();
  });
  const writeUuid = uuidWriter(options.uuidOption);
  const wanted = { revision: lastUnwanted(options, last), isLive: false, exists: last !== undefined };

  const follow = async (event: RecordedEvent): Promise<void> => {
    if (event.stream !== stream) return;
    wanted.exists = true;
    if (event.revision <= wanted.revision) return;
    wanted.revision = event.revision;
    await delivery.send(readEvent(event, writeUuid));
  };
  /** Never for a stream that does not exist: like EventStoreDB, only once it does. */
  const goLive = async (): Promise<void> => {
    if (wanted.isLive || !wanted.exists) return;
    wanted.isLive = true;
    await delivery.send({ caughtUp: {} });
    delivery.goLive();
  };

  await delivery.send({ confirmation: { subscriptionId: environment.random.uuid() } });
  for await (const event of store.readStream(stream, { from: wanted.revision + 1 })) {
    await follow(event);
    if (signal.aborted) return undefined;
  }
  let atHead = false;
  for await (const message of store.subscribe({ after: head, ...filterFor(stream), signal })) {
    if (message.kind === "caughtUp") atHead = true;
    else for (const event of message.events) await follow(event);
    if (atHead) await goLive();
  }
  return delivery.failure();
};
