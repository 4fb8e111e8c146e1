import { StoreOverloaded } from "../port.ts";
import { MAX_QUEUED_APPENDS, MAX_QUEUED_BYTES, MESSAGE_BYTES, MESSAGE_EVENTS, MESSAGES_AHEAD } from "./limits.ts";
import type { PendingAppend } from "./pending-append.ts";

/** The appends that wait for the writer, gathered into messages: one is cheaper than many. */
export interface AppendQueue {
  /** @throws StoreOverloaded when too much waits already; the append is then not taken in. */
  add(append: PendingAppend): void;
  /** Sends what is gathered, unless the writer has enough to do. */
  sendWhenIdle(): void;
  sendNow(): void;
  /** Takes off the appends of the oldest messages: they have been answered. */
  takeSent(messages?: number): PendingAppend[];
  /** Takes off the appends that were never sent. */
  takeUnsent(): PendingAppend[];
  isEmpty(): boolean;
}

export const createAppendQueue = (send: (appends: readonly PendingAppend[]) => void): AppendQueue => {
  /** Messages that the writer has not answered, oldest first. */
  const sent: (readonly PendingAppend[])[] = [];
  let gathered: PendingAppend[] = [];
  let gatheredEvents = 0;
  let gatheredBytes = 0;
  let queuedAppends = 0;
  let queuedBytes = 0;

  const takeUnsent = (): PendingAppend[] => {
    const appends = gathered;
    gathered = [];
    gatheredEvents = 0;
    gatheredBytes = 0;
    return appends;
  };
  const leave = (appends: PendingAppend[]): PendingAppend[] => {
    queuedAppends -= appends.length;
    for (const { bytes } of appends) queuedBytes -= bytes;
    return appends;
  };
  const sendNow = (): void => {
    if (gathered.length === 0) return;
    // Where there is no memory for the message it throws, and they stay: answers go by the order of what was sent.
    send(gathered);
    sent.push(takeUnsent());
  };
  const sendWhenIdle = (): void => {
    if (sent.length < MESSAGES_AHEAD) sendNow();
  };

  return {
    add(append) {
      if (queuedAppends >= MAX_QUEUED_APPENDS || queuedBytes + append.bytes > MAX_QUEUED_BYTES)
        throw new StoreOverloaded(`the log is overloaded: ${queuedAppends} appends wait already`);
      // In a microtask, so that appends of the same moment go together.
      if (gathered.length === 0) queueMicrotask(sendWhenIdle);
      gathered.push(append);
      gatheredEvents += append.events.length;
      gatheredBytes += append.bytes;
      queuedAppends += 1;
      queuedBytes += append.bytes;
      if (gatheredEvents >= MESSAGE_EVENTS || gatheredBytes >= MESSAGE_BYTES) sendNow();
    },
    sendWhenIdle,
    sendNow,
    takeSent: (messages = sent.length) => leave(sent.splice(0, messages).flat()),
    takeUnsent: () => leave(takeUnsent()),
    isEmpty: () => queuedAppends === 0,
  };
};
