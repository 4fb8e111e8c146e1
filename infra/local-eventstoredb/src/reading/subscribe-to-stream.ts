import type { RecordedEvent, SubscribeOptions } from "@safar/event-store";
import { handlerFailure, type Failure } from "../failures.ts";
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

/** First the stream as it is, then the log from where it stood when that began. */
export const subscribeToStream = async (reading: Reading): Promise<Failure | undefined> => {
  const { store, environment, options, out, liveGraceMs } = reading;
  const stream = streamNameOf(options.stream?.streamIdentifier);
  if (stream === "") return handlerFailure();
  const head = await store.head();
  const last = await lastRevisionOf(store, stream);
  const delivery = createDelivery({ out, timers: environment.timers, liveGraceMs });
  const { signal } = delivery;
  const writeUuid = uuidWriter(options.uuidOption);
  const start = lastUnwanted(options, last);
  let seen = start;
  /** Who begins at the end is live at once; others never before there is a stream. */
  let canGoLive = last !== undefined || options.stream?.revisionOption === "end";
  let isLive = false;

  const follow = async (event: RecordedEvent): Promise<void> => {
    if (event.stream !== stream || signal.aborted) return;
    canGoLive = true;
    if (event.revision <= seen) return;
    seen = event.revision;
    await delivery.send(readEvent(event, writeUuid));
  };
  const goLive = async (): Promise<void> => {
    if (isLive || !canGoLive) return;
    isLive = true;
    await delivery.send({ caughtUp: {} });
    delivery.goLive();
  };

  await delivery.send({ confirmation: { subscriptionId: environment.random.uuid() } });
  for await (const event of store.readStream(stream, { from: start + 1 })) {
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
