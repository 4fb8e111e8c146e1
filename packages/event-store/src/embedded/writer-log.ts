import type { DatabaseSync } from "node:sqlite";
import { categoryOf } from "../local/category.ts";
import { REMEMBERED_STREAMS } from "./limits.ts";
import { REPEATED, STORED, WRONG_REVISION, type LogState } from "./messages.ts";
import { createRecent } from "./recent.ts";
import { createStreamIndexer } from "./stream-indexer.ts";
import { createStreamLookup } from "./stream-lookup.ts";
import { loadUnindexedStreams } from "./unindexed-streams.ts";

export interface EventToStore {
  readonly id: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface AppendRequest {
  readonly stream: string;
  readonly hash: number;
  /** -1: no stream. */
  readonly expected: number;
  readonly recordedAt: number;
  readonly events: readonly EventToStore[];
}

/** How an append ended; `revision` is that of its last event or, when refused, the stream's. -1: none. */
export interface Answer {
  readonly how: typeof STORED | typeof REPEATED | typeof WRONG_REVISION;
  readonly revision: number;
  readonly position: number;
  /** The number of a stream that this append began; else -1. */
  readonly newStream: number;
}

/** The log's tables as the writer changes them: one transaction at a time, many appends in each. */
export interface WriterLog {
  state(): LogState;
  begin(): void;
  append(request: AppendRequest): Answer;
  /** @returns the buckets of streams that went into the index on disk. */
  commit(): readonly number[];
  rollback(): void;
  /** @returns the position that later events stand above now */
  continueAbove(position: number): number;
}

const POSITIONS_ABOVE = "positions-above";

export const openWriterLog = (database: DatabaseSync): WriterLog => {
  const number = (sql: string): number => Number(Object.values(database.prepare(sql).get() ?? {})[0] ?? -1);
  const statements = prepare(database);
  const unindexed = loadUnindexedStreams(database);
  const indexer = createStreamIndexer(database, unindexed);
  const numberOf = createStreamLookup(database, unindexed);
  const revisions = createRecent<number, number>(REMEMBERED_STREAMS);
  const categories = new Map<string, number>();
  for (const row of database.prepare("SELECT name, id FROM categories").all()) {
    categories.set(String(row["name"]), Number(row["id"]));
  }

  const positionsAbove = number(`SELECT value FROM settings WHERE name = '${POSITIONS_ABOVE}'`);
  let nextPosition = Math.max(number("SELECT max(position) FROM events"), positionsAbove) + 1;
  let nextStream = Math.max(number("SELECT max(id) FROM streams"), 0) + 1;
  // What a rollback has to take back besides the tables; numbers that it leaves unused do no harm.
  const begunStreams: number[] = [];
  const begunCategories: string[] = [];

  const categoryNumber = (stream: string): number | null => {
    const name = categoryOf(stream);
    if (name === undefined) return null;
    const known = categories.get(name);
    if (known !== undefined) return known;
    const id = categories.size + 1;
    statements.insertCategory.run(id, name);
    categories.set(name, id);
    begunCategories.push(name);
    return id;
  };

  const beginStream = ({ stream, hash }: AppendRequest, category: number | null): number => {
    const id = nextStream;
    nextStream += 1;
    statements.insertStream.run(id, category, hash, stream);
    unindexed.add(hash, id);
    begunStreams.push(hash);
    return id;
  };

  const lastRevision = (stream: number): number => {
    const known = revisions.get(stream);
    if (known !== undefined) return known;
    const revision = Number(statements.lastRevision.get(stream)?.["revision"] ?? -1);
    revisions.set(stream, revision);
    return revision;
  };

  const store = (request: AppendRequest, stream: number, newStream: number, category: number | null): Answer => {
    let revision = request.expected;
    for (const { id, type, data, metadata } of request.events) {
      revision += 1;
      const { recordedAt } = request;
      statements.insertEvent.run(nextPosition, stream, revision, category, recordedAt, id, type, data, metadata);
      nextPosition += 1;
    }
    revisions.set(stream, revision);
    return { how: STORED, revision, position: nextPosition - 1, newStream };
  };

  /** The append's first answer, when exactly its ids stand in the stream after the revision it expects. */
  const earlierAnswer = (request: AppendRequest, stream: number): Answer | undefined => {
    const { expected, events } = request;
    const rows = statements.ids.all(stream, expected, expected + events.length);
    const last = rows.at(-1);
    if (last === undefined || rows.length < events.length) return undefined;
    if (!events.every((event, index) => rows[index]?.["id"] === event.id)) return undefined;
    return {
      how: REPEATED,
      revision: expected + events.length,
      position: Number(last["position"]),
      newStream: -1,
    };
  };

  return {
    state: () => ({
      head: number("SELECT max(position) FROM events"),
      lastRecordedAt: Math.max(number("SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1"), 0),
    }),
    begin() {
      begunStreams.length = 0;
      begunCategories.length = 0;
      statements.begin.run();
    },
    append(request) {
      const known = numberOf(request.stream, request.hash);
      const actual = known === undefined ? -1 : lastRevision(known);
      if (request.expected === actual) {
        const category = categoryNumber(request.stream);
        if (known !== undefined) return store(request, known, -1, category);
        const begun = beginStream(request, category);
        return store(request, begun, begun, category);
      }
      const earlier = known === undefined ? undefined : earlierAnswer(request, known);
      return earlier ?? { how: WRONG_REVISION, revision: actual, position: -1, newStream: -1 };
    },
    commit() {
      const indexed = indexer.indexWhatIsTooMuch(nextStream - 1);
      statements.commit.run();
      indexer.committed(indexed);
      return indexed;
    },
    rollback() {
      for (const hash of begunStreams.toReversed()) unindexed.undo(hash);
      for (const name of begunCategories) categories.delete(name);
      revisions.clear();
      // The failed commit may have ended the transaction by itself.
      if (database.isTransaction) statements.rollback.run();
    },
    continueAbove(position) {
      if (position >= nextPosition) {
        statements.setSetting.run(POSITIONS_ABOVE, position);
        nextPosition = position + 1;
      }
      return nextPosition - 1;
    },
  };
};

const prepare = (database: DatabaseSync) => ({
  begin: database.prepare("BEGIN IMMEDIATE"),
  commit: database.prepare("COMMIT"),
  rollback: database.prepare("ROLLBACK"),
  insertCategory: database.prepare("INSERT INTO categories (id, name) VALUES (?, ?)"),
  insertStream: database.prepare("INSERT INTO streams (id, category, hash, name) VALUES (?, ?, ?, ?)"),
  insertEvent: database.prepare(
    "INSERT INTO events (position, stream, revision, category, recorded_at, id, type, data, metadata) " +
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  ),
  lastRevision: database.prepare("SELECT max(revision) AS revision FROM events WHERE stream = ?"),
  ids: database.prepare(
    "SELECT id, position FROM events WHERE stream = ? AND revision > ? AND revision <= ? ORDER BY revision",
  ),
  setSetting: database.prepare(
    "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  ),
});
