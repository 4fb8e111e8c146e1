import { Worker } from "node:worker_threads";
import type { Environment } from "@safar/kernel";
import type { FromWriter, ToWriter, WriterSettings } from "./protocol.ts";

/** Young objects of the writer's thread, in MiB: what it is sent lives for one batch. */
const WRITER_YOUNG_MEBIBYTES = 12;
/** Pause before a writer that died is replaced, doubled from the first to the last: back within 10 s after a fault. */
const FIRST_REPLACEMENT_MILLISECONDS = 50;
const LAST_REPLACEMENT_MILLISECONDS = 5_000;

/** The vault's writer, whichever thread it is at the moment. */
export interface Writer {
  /** Rejects where its thread died before it answered: what was asked may have been done, and may be asked again. */
  ask(message: ToWriter): Promise<FromWriter>;
  /** Closes the database and ends the thread. */
  stop(): Promise<void>;
}

/** Resolves once a thread runs. One that dies is replaced, and files are held by the next where they were before. */
export const keepWriter = async (settings: WriterSettings, { timers }: Environment): Promise<Writer> => {
  const stopping = new AbortController();
  let holdingFiles = false;
  let replacing: Promise<void> | undefined;

  const isStopping = (): boolean => stopping.signal.aborted;
  const start = async (): Promise<Thread> => {
    const thread = startThread(settings);
    let told: boolean;
    do {
      told = holdingFiles;
      await thread.ask({ kind: "hold-files", hold: told });
    } while (told !== holdingFiles);
    void thread.exited.then(() => {
      if (!isStopping()) replacing = replace();
    });
    return thread;
  };
  const replace = async (): Promise<void> => {
    for (let pause = FIRST_REPLACEMENT_MILLISECONDS; !isStopping(); pause = nextPause(pause))
      try {
        await timers.sleep(pause, stopping.signal);
        current = await start();
        return;
      } catch {
        // Those who write meanwhile are told why the thread before ended.
        continue;
      }
  };
  let current = await start();

  return {
    ask(message) {
      if (message.kind === "hold-files") holdingFiles = message.hold;
      return current.ask(message);
    },
    async stop() {
      stopping.abort();
      await replacing;
      await current.stop();
    },
  };
};

const nextPause = (pause: number): number => Math.min(2 * pause, LAST_REPLACEMENT_MILLISECONDS);

interface Thread extends Writer {
  readonly exited: Promise<void>;
}

/** The thread answers in order, so the first question asked is the first one answered. */
const startThread = (settings: WriterSettings): Thread => {
  const worker = new Worker(new URL("./writer-thread.ts", import.meta.url), {
    name: "vault writer",
    workerData: settings,
    // Without what the process was started with (a test runner's or profiler's hooks), the thread starts much sooner.
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: WRITER_YOUNG_MEBIBYTES },
    // Closing its descriptor of the database with the thread would drop the locks of the others (POSIX).
    trackUnmanagedFds: false,
  });
  const asked: { resolve: (answer: FromWriter) => void; reject: (error: unknown) => void }[] = [];
  let ended: Error | undefined;
  const exited = new Promise<void>((resolve) => {
    worker.on("exit", () => {
      ended ??= new Error("the writer's thread has ended");
      for (const question of asked.splice(0)) question.reject(ended);
      resolve();
    });
  });
  worker.on("error", (error: Error) => (ended = error));
  worker.on("message", (answer: FromWriter) => asked.shift()?.resolve(answer));

  const ask = (message: ToWriter): Promise<FromWriter> =>
    new Promise((resolve, reject) => {
      if (ended) {
        reject(ended);
        return;
      }
      // What cannot be sent is not asked: it would take the next one's answer.
      worker.postMessage(message);
      asked.push({ resolve, reject });
    });
  return {
    ask,
    exited,
    async stop() {
      // A thread that dies while it closes has nothing left to write.
      if (!ended) await ask({ kind: "close" }).catch(() => undefined);
      await exited;
    },
  };
};
