import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Environment } from "@safar/kernel";
import { checkAppend } from "../local/check-append.ts";
import { follow } from "../local/subscription.ts";
import { StoreUnavailable, type EventStore, type Position } from "../port.ts";
import { backUp, type Backup } from "./backup.ts";
import { MAX_FIRST_POSITION } from "./limits.ts";
import { openLogView, type LogView } from "./log-view.ts";
import { takeIn } from "./pending-append.ts";
import { eventsOfPages } from "./read-pages.ts";
import { startWriter } from "./writer-client.ts";
import { keepWriting, type Writers } from "./writers.ts";

/** Name of the log's file in its folder. */
export const LOG_FILE = "events.sqlite";

/** Where the log is: a folder, in which its file is `events.sqlite`, or the file. Missing folders are made. */
export type LogPlace = { readonly folder: string } | { readonly file: string };

export type EmbeddedEventStoreOptions = LogPlace & {
  readonly environment: Environment;
  /** Events stand above this position, so that a log that replaces another continues it. Default: -1n. */
  readonly firstPositionAbove?: Position;
  /** What one append may have. Default: `MAX_APPEND_BYTES`; other than that only for what stands in for another log. */
  readonly maxAppendBytes?: number;
  /** Told of trouble that no caller hears of: a read that a subscription will try again, a checkpoint that failed. */
  readonly report?: (problem: unknown) => void;
};

export interface EmbeddedEventStore extends EventStore {
  /** The log's file; readable with any SQLite tool while the log is open. Copy it with `backupTo` only. */
  readonly file: string;
  /** Writes the log as it is now into one file, while appends go on; see `backUp`. */
  backupTo(file: string): Promise<Backup>;
  /**
   * Positions of later events are above this one, for ever: for a log that was restored from a backup.
   * @returns the one they are above now: a higher one where they were above that already.
   */
  continueAbove(position: Position): Promise<Position>;
}

/**
 * Opens the log, or begins a new one. It has a thread for writing and stays open until `close`.
 * @throws LogFileRefused: it is open elsewhere, of a later version, damaged or no log at all.
 */
export const openEmbeddedEventStore = async (options: EmbeddedEventStoreOptions): Promise<EmbeddedEventStore> => {
  const { environment, report = () => undefined } = options;
  const firstPositionAbove = checkFirstPosition(options.firstPositionAbove ?? -1n);
  const file = "file" in options ? options.file : join(options.folder, LOG_FILE);
  await mkdir(dirname(file), { recursive: true });
  const workerData = { file, firstPositionAbove };
  const started = await startWriter(workerData);
  try {
    const view = openLogView({ file, state: started.state, environment, report });
    const writer = keepWriting({ started, workerData, view, environment, report });
    const { maxAppendBytes } = options;
    return createStore({
      file,
      environment,
      view,
      writer,
      maxAppendBytes,
      lastRecordedAt: started.state.lastRecordedAt,
    });
  } catch (problem) {
    await started.worker.terminate();
    throw problem;
  }
};

const checkFirstPosition = (position: Position): number => {
  if (position >= -1n && position <= MAX_FIRST_POSITION) return Number(position);
  throw new RangeError(`positions can continue above -1 to ${MAX_FIRST_POSITION}, not ${position}`);
};

interface Parts {
  readonly file: string;
  readonly environment: Environment;
  readonly view: LogView;
  readonly writer: Writers;
  readonly maxAppendBytes: number | undefined;
  readonly lastRecordedAt: number;
}

const createStore = ({ file, environment, view, writer, maxAppendBytes, ...state }: Parts): EmbeddedEventStore => {
  let { lastRecordedAt } = state;
  let closing: Promise<void> | undefined;
  const backups = new Set<Promise<unknown>>();

  const checkOpen = (): void => {
    if (closing !== undefined) throw new StoreUnavailable("the log is closed", "not-stored");
  };
  /** A clock that goes back would make an earlier fact look later than its successor: it then stands still. */
  const stamp = (): number => {
    lastRecordedAt = Math.max(lastRecordedAt, Math.trunc(environment.clock.now()));
    return lastRecordedAt;
  };
  const close = async (): Promise<void> => {
    await Promise.allSettled(backups);
    await writer.close();
  };

  return {
    file,
    append: (stream, expected, events) =>
      // What is thrown in here rejects the promise.
      new Promise((resolve, reject) => {
        const bytes = checkAppend(stream, expected, events, maxAppendBytes);
        checkOpen();
        writer.append(takeIn({ stream, expected, recordedAt: stamp(), bytes, events, resolve, reject }));
      }),
    readStream: (stream, options = {}) => eventsOfPages(() => view.streamPages(stream, options), view.giveWay),
    readAll: (options = {}) => eventsOfPages(() => view.logPages(options), view.giveWay),
    subscribe: (options) => follow(view, options),
    async head() {
      checkOpen();
      return view.head();
    },
    async backupTo(target) {
      checkOpen();
      const backup = backUp(file, target);
      backups.add(backup);
      return backup.finally(() => backups.delete(backup));
    },
    async continueAbove(position) {
      checkOpen();
      return BigInt(await writer.continueAbove(checkFirstPosition(position)));
    },
    close: () => (closing ??= close()),
  };
};
