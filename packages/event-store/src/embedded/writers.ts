import type { Environment } from "@safar/kernel";
import type { LogView } from "./log-view.ts";
import type { WriterData } from "./messages.ts";
import { createWriterClient, startWriter, type StartedWriter, type WriterClient } from "./writer-client.ts";

/** Pause before a writer that died is replaced, doubled from the first to the last: back within 10 s after a fault. */
const FIRST_REPLACEMENT_MILLISECONDS = 50;
const LAST_REPLACEMENT_MILLISECONDS = 5_000;

/** The log's writer, whichever thread it is at the moment. */
export interface Writers extends Pick<WriterClient, "append" | "continueAbove"> {
  close(): Promise<void>;
}

export interface WritersOptions {
  readonly started: StartedWriter;
  readonly workerData: WriterData;
  readonly view: LogView;
  readonly environment: Environment;
  readonly report: (problem: unknown) => void;
}

/**
 * Keeps a writer at work. When its thread dies, those who waited hear that it is not known whether they were stored,
 * later ones that they were not; then another thread takes the file over, and a repeat finds what there is.
 */
export const keepWriting = ({ started, workerData, view, environment, report }: WritersOptions): Writers => {
  const closing = new AbortController();
  let replacing: Promise<void> | undefined;

  const clientOf = (writer: StartedWriter): WriterClient =>
    createWriterClient(writer, {
      committed: view.committed,
      report,
      died() {
        replacing = replace();
      },
    });
  let client = clientOf(started);

  const isClosing = (): boolean => closing.signal.aborted;
  const replace = async (): Promise<void> => {
    let pause = FIRST_REPLACEMENT_MILLISECONDS;
    for (; !isClosing(); pause = Math.min(2 * pause, LAST_REPLACEMENT_MILLISECONDS))
      try {
        await environment.timers.sleep(pause, closing.signal);
        const next = await startWriter(workerData);
        client = clientOf(next);
        view.renew(next.state);
        return;
      } catch (problem) {
        if (!isClosing()) report(problem);
      }
  };

  return {
    append: (append) => {
      client.append(append);
    },
    continueAbove: (position) => client.continueAbove(position),
    async close() {
      closing.abort();
      await replacing;
      await client.close(() => {
        view.close();
      });
    },
  };
};
