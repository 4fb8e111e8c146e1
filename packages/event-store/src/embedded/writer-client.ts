import { Worker } from "node:worker_threads";
import { StoreUnavailable } from "../port.ts";
import { createAppendQueue } from "./append-queue.ts";
import { WRITER_YOUNG_MEBIBYTES } from "./limits.ts";
import type { FromWriter, LogState, ToWriter, WriterData } from "./messages.ts";
import { settle, storedOf, toMessage, type PendingAppend, type StoredAppend } from "./pending-append.ts";
import { LogFileRefused } from "./refused.ts";

/** The main thread's side of the writer's thread. */
export interface WriterClient {
  /** @throws StoreUnavailable when too much waits already, or the writer is gone. */
  append(append: PendingAppend): void;
  /** @returns the position that later events stand above now */
  continueAbove(position: number): Promise<number>;
  /**
   * Lets the writer finish what it was given, then ends its thread.
   * @param closeReaders is called in between: the last connection to close tidies the file up.
   */
  close(closeReaders: () => void): Promise<void>;
}

export interface WriterEvents {
  /** Called before those who appended hear of it: what they do next finds the new state. */
  readonly committed: (stored: readonly StoredAppend[], indexed: readonly number[]) => void;
  /** Told of what nobody waits for: a checkpoint that failed, a thread that died. */
  readonly report: (problem: unknown) => void;
  /** The thread died by itself, and whoever waited has been told. Another one is needed. */
  readonly died: () => void;
}

export interface StartedWriter {
  readonly worker: Worker;
  readonly state: LogState;
}

/** Starts the writer's thread and waits until the file is open. @throws LogFileRefused */
export const startWriter = async (workerData: WriterData): Promise<StartedWriter> => {
  const worker = new Worker(new URL("./writer.ts", import.meta.url), {
    workerData,
    name: "event log writer",
    resourceLimits: { maxYoungGenerationSizeMb: WRITER_YOUNG_MEBIBYTES },
  });
  const first = await new Promise<FromWriter>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => {
      reject(new Error(`the writer of the log ended with ${code} before it had begun`));
    });
  });
  if (first.kind === "ready") return { worker, state: first.state };
  await worker.terminate();
  if (first.kind === "refused") throw new LogFileRefused(first.refusal, workerData.file, first.message);
  throw new Error(`the writer began with "${first.kind}"`);
};

const unavailable = (message: string, outcome: "not-stored" | "unknown"): StoreUnavailable =>
  new StoreUnavailable(`the log could not write: ${message}`, outcome);

interface Waiting {
  resolve(above: number): void;
  reject(reason: Error): void;
}

export const createWriterClient = ({ worker }: StartedWriter, events: WriterEvents): WriterClient => {
  const continuing: Waiting[] = [];
  let died: string | undefined;
  let idle: (() => void) | undefined;
  let closed: (() => void) | undefined;

  const post = (message: ToWriter, transfer: readonly ArrayBuffer[] = []): void => {
    worker.postMessage(message, transfer);
  };
  const queue = createAppendQueue((appends) => {
    const message = toMessage(appends);
    post(message, [message.bytes.buffer, message.numbers.buffer]);
  });

  const receive = (message: FromWriter): void => {
    switch (message.kind) {
      case "committed": {
        const appends = queue.takeSent(message.messages);
        events.committed(storedOf(appends, message.answers), message.indexed);
        settle(appends, message.answers);
        break;
      }
      case "failed": {
        const reason = unavailable(message.message, message.outcome);
        for (const append of queue.takeSent(message.messages)) append.reject(reason);
        break;
      }
      case "continues":
        continuing.shift()?.resolve(message.above);
        break;
      case "not-continued":
        continuing.shift()?.reject(unavailable(message.message, "unknown"));
        break;
      case "trouble":
        events.report(new Error(message.message));
        break;
      case "closed":
        closed?.();
        break;
      case "ready":
      case "refused":
        break;
    }
    queue.sendWhenIdle();
    if (queue.isEmpty() && continuing.length === 0) idle?.();
  };

  const die = (reason: string): void => {
    closed?.();
    if (died !== undefined || closed !== undefined) return;
    died = reason;
    events.report(new Error(`the writer of the log died: ${reason}`));
    for (const append of queue.takeSent()) append.reject(unavailable(reason, "unknown"));
    for (const append of queue.takeUnsent()) append.reject(unavailable(reason, "not-stored"));
    for (const waiting of continuing.splice(0)) waiting.reject(unavailable(reason, "unknown"));
    idle?.();
    events.died();
  };

  worker.on("message", receive);
  // Told first, and what the thread had still answered comes before its exit.
  let reason: string | undefined;
  worker.on("error", (problem) => {
    reason = String(problem);
  });
  worker.on("exit", (code) => {
    die(reason ?? `its thread ended with ${code}`);
  });

  const finish = async (): Promise<void> => {
    if (queue.isEmpty() && continuing.length === 0) return;
    await new Promise<void>((resolve) => {
      idle = resolve;
    });
  };

  return {
    append(append) {
      if (died !== undefined) throw unavailable(died, "not-stored");
      queue.add(append);
    },
    continueAbove(position) {
      if (died !== undefined) throw unavailable(died, "not-stored");
      queue.sendNow();
      return new Promise((resolve, reject) => {
        continuing.push({ resolve, reject });
        post({ kind: "continueAbove", position });
      });
    },
    async close(closeReaders) {
      await finish();
      closeReaders();
      if (died === undefined) {
        await new Promise<void>((resolve) => {
          closed = resolve;
          post({ kind: "close" });
        });
      }
      await worker.terminate();
    },
  };
};
