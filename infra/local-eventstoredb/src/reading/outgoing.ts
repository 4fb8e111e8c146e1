import type { ServerWritableStream } from "@grpc/grpc-js";
import { stoppedFailure, type Failure } from "../failures.ts";
import type { ReadRequest, ReadResponse } from "../protocol/messages.ts";

export type ReadCall = ServerWritableStream<ReadRequest, ReadResponse>;

/** What a reader is sent, no faster than it takes it. */
export interface Outgoing {
  /** Aborts once the reader is gone. */
  readonly signal: AbortSignal;
  /** False while the reader has to take something before more is written. */
  isReady(): boolean;
  /** Resolves when the reader is ready, or gone. */
  ready(): Promise<void>;
  write(message: ReadResponse): void;
  /** Ends the call, after what was written before. */
  end(failure?: Failure): void;
}

/** @param stopping aborts when the server stops: then the call ends. */
export const outgoingOf = (call: ReadCall, stopping: AbortSignal): Outgoing => {
  const gone = new AbortController();
  let isReady = true;
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };
  const leave = (): void => {
    gone.abort();
    wake();
  };
  call.on("drain", () => {
    isReady = true;
    wake();
  });
  const end = (failure?: Failure): void => {
    if (gone.signal.aborted || call.writableEnded) return;
    if (failure === undefined) call.end();
    else call.emit("error", failure);
  };
  const stop = (): void => {
    end(stoppedFailure());
    leave();
  };
  call.on("cancelled", leave);
  call.on("close", leave);
  if (stopping.aborted) stop();
  else stopping.addEventListener("abort", stop, { signal: gone.signal });
  return {
    signal: gone.signal,
    isReady: () => isReady,
    ready: () => (isReady || gone.signal.aborted ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    write(message) {
      if (gone.signal.aborted || call.writableEnded) return;
      isReady = call.write(message);
    },
    end,
  };
};

/** Writes, and waits where the reader is behind. */
export const writeInTurn = async (out: Outgoing, message: ReadResponse): Promise<void> => {
  if (!out.isReady()) await out.ready();
  out.write(message);
};
