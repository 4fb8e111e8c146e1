import type { Environment } from "@safar/kernel";
import { createBell } from "../local/bell.ts";
import type { Look, WatchedLog } from "../local/subscription.ts";
import {
  StoreUnavailable,
  type CategoryFilter,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
} from "../port.ts";
import type { LogState } from "./messages.ts";
import { createPace } from "./pace.ts";
import type { StoredAppend } from "./pending-append.ts";
import type { NextPage } from "./read-pages.ts";
import { lookInFile, readAllPages, readStreamPages } from "./read.ts";
import { openReader } from "./reader.ts";
import { messageOf, sqliteCode } from "./sqlite-errors.ts";
import { streamHash } from "./stream-hash.ts";
import { createStreamLookup } from "./stream-lookup.ts";
import { createTail } from "./tail.ts";
import { loadUnindexedStreams } from "./unindexed-streams.ts";

/** What the main thread knows of the log: it reads the file itself and hears from the writer what is new. */
export interface LogView extends WatchedLog {
  streamPages(stream: string, options: ReadStreamOptions): NextPage;
  logPages(options: ReadAllOptions): NextPage;
  readonly giveWay: () => Promise<void>;
  /** Takes in what the writer has stored, and wakes the subscribers. */
  readonly committed: (stored: readonly StoredAppend[], indexed: readonly number[]) => void;
  /** A new writer began where the file stands: what the last one stored and did not say is seen now. */
  renew(state: LogState): void;
  close(): void;
}

export interface LogViewOptions {
  readonly file: string;
  readonly state: LogState;
  readonly environment: Environment;
  readonly report: (problem: unknown) => void;
}

const closedError = (): StoreUnavailable => new StoreUnavailable("the log is closed", "not-stored");

/** What SQLite reports while reading is the log being away, to those who read. */
const readable = <Result>(read: () => Result): Result => {
  try {
    return read();
  } catch (problem) {
    if (sqliteCode(problem) === undefined) throw problem;
    const message = `the log could not be read: ${messageOf(problem)}`;
    throw new StoreUnavailable(message, "not-stored", { cause: problem });
  }
};

export const openLogView = ({ file, state, environment, report }: LogViewOptions): LogView => {
  const reader = openReader(file);
  const streams = () => {
    const unindexed = loadUnindexedStreams(reader.database);
    return { unindexed, numberOf: createStreamLookup(reader.database, unindexed) };
  };
  let { unindexed, numberOf } = streams();
  let tail = createTail(BigInt(state.head));
  const bell = createBell();
  const giveWay = createPace(environment);
  let open = true;

  const checkOpen = (): void => {
    if (!open) throw closedError();
  };
  /** Each page anew: the log may be closed between two. */
  const guarded =
    (nextPage: NextPage | undefined): NextPage =>
    () => {
      checkOpen();
      return readable(() => nextPage?.());
    };
  const lookFurtherBack = async (after: Position, filter: CategoryFilter | undefined): Promise<Look> => {
    await giveWay();
    checkOpen();
    return readable(() => lookInFile(reader, after, tail.head(), filter));
  };

  return {
    bell,
    timers: environment.timers,
    report,
    checkOpen,
    head: () => tail.head(),
    giveWay,
    look(after, filter) {
      return tail.look(after, filter) ?? lookFurtherBack(after, filter);
    },
    streamPages(stream, options) {
      checkOpen();
      const number = readable(() => numberOf(stream, streamHash(stream)));
      return guarded(number === undefined ? undefined : readStreamPages(reader, number, options));
    },
    logPages(options) {
      checkOpen();
      const nextPage = readAllPages(reader, tail.head(), options);
      return guarded(() => {
        options.signal?.throwIfAborted();
        return nextPage();
      });
    },
    committed(stored, indexed) {
      for (const { append, newStream } of stored) {
        if (newStream !== -1) unindexed.add(append.hash, newStream);
        tail.push(append.events);
      }
      for (const bucket of indexed) unindexed.drop(bucket);
      if (stored.length > 0) bell.ring();
    },
    renew({ head }) {
      if (!open) return;
      ({ unindexed, numberOf } = streams());
      tail = createTail(BigInt(head));
      bell.ring();
    },
    close() {
      open = false;
      bell.ring();
      reader.close();
    },
  };
};
