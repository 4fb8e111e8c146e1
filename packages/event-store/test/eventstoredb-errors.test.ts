import t from "tap";
import { StoreUnavailable } from "../src/index.ts";
import {
  appendError,
  isDropped,
  isPassing,
  isStuck,
  isSurelyNotStored,
  messageOf,
  readError,
} from "../src/eventstoredb/errors.ts";

/*
 * The errors that the client was seen to throw, each in its own shape, and what becomes of it. Some come only in an
 * election or at a shutdown, so they are made up here; the others are met in the other tests as well.
 */

const thrown = (shape: {
  type?: string;
  code?: number;
  message?: string;
  actualVersion?: bigint | "no_stream";
}): Error => Object.assign(new Error(shape.message ?? ""), shape);

const append = { stream: "note-1", expected: 4, bytes: 12 } as const;
const became = (problem: Error): string => {
  const error = appendError(problem, append, "told");
  return error instanceof StoreUnavailable ? error.outcome : error.name;
};

t.test("each error of an append is told as the port says", async (t) => {
  const rows: readonly [string, Error, string][] = [
    ["a connection that breaks", thrown({ type: "unavailable", code: 14, message: "read ECONNRESET" }), "unknown"],
    ["a server that shuts down", thrown({ type: "unknown", code: 13, message: "RST_STREAM" }), "unknown"],
    ["an election", thrown({ type: "unknown", message: "Could not recognize Server Is Not Ready" }), "unknown"],
    ["a deadline that the server did not keep", thrown({ type: "deadline-exceeded" }), "unknown"],
    ["an end by our own hand", thrown({ type: "unknown", code: 1, message: "Cancelled on client" }), "unknown"],
    ["no connection, asked for features", thrown({ code: 14, message: "14 UNAVAILABLE" }), "not-stored"],
    ["no node found", new Error("Failed to discover after 10 attempts."), "not-stored"],
    ["another node leads", thrown({ type: "not-leader", code: 5 }), "unknown"],
    ["an event of 20 MB in the same stream", thrown({ type: "unknown", code: 8 }), "unknown"],
    ["a leader that is lost", thrown({ type: "cancelled", code: 1 }), "unknown"],
    ["too late for the server", thrown({ type: "timeout", code: 10 }), "unknown"],
    ["another status, asked for features", thrown({ code: 13, message: "13 INTERNAL" }), "unknown"],
    ["an end by our own hand, asked for features", thrown({ code: 1, message: "1 CANCELLED" }), "unknown"],
    ["a deadline, asked for features", thrown({ code: 4, message: "4 DEADLINE_EXCEEDED" }), "unknown"],
    ["a channel that is closed", new Error("Channel has been shut down"), "unknown"],
    ["the client's own mistake", new TypeError("undefined is not iterable"), "unknown"],
    ["no right to append", thrown({ type: "access-denied" }), "not-stored"],
    ["a wrong password", thrown({ code: 16, message: "16 UNAUTHENTICATED" }), "not-stored"],
    ["a stream that was deleted", thrown({ type: "stream-deleted" }), "Error"],
    ["more than the server takes", thrown({ type: "maximum-append-size-exceeded" }), "AppendTooLarge"],
    ["another revision", thrown({ type: "wrong-expected-version", actualVersion: 7n }), "WrongExpectedRevision"],
  ];
  for (const [what, problem, outcome] of rows) t.equal(became(problem), outcome, what);
  const wrong = thrown({ type: "wrong-expected-version", actualVersion: 7n });
  t.match(appendError(wrong, append, ""), { stream: "note-1", expected: 4, actual: 7 });
  const none = thrown({ type: "wrong-expected-version", actualVersion: "no_stream" });
  t.match(appendError(none, append, ""), { actual: "no-stream" });
});

t.test("only what was surely not stored is sent again by the adapter itself", async (t) => {
  t.ok(isSurelyNotStored(thrown({ code: 14 })));
  t.ok(isSurelyNotStored(new Error("Failed to discover after 10 attempts.")));
  const others = [
    thrown({ type: "unavailable", code: 14 }),
    thrown({ type: "not-leader", code: 5 }),
    thrown({ type: "unknown", message: "Could not recognize Server Is Not Ready" }),
    ...Array.from({ length: 17 }, (_, code) => code)
      .filter((code) => code !== 14)
      .map((code) => thrown({ code })),
    new Error("Channel has been shut down"),
    new TypeError("a mistake of ours"),
  ];
  for (const problem of others) t.notOk(isSurelyNotStored(problem), String(problem));
  t.notOk(isSurelyNotStored("Failed to discover after 10 attempts."), "no error at all");
});

t.test("reads are taken up again after whatever passes, and after nothing else", async (t) => {
  const passing = ["unavailable", "unknown", "timeout", "not-leader", "cancelled", "deadline-exceeded"];
  for (const type of passing) t.ok(isPassing(thrown({ type })), type);
  for (const type of ["access-denied", "stream-deleted"]) t.notOk(isPassing(thrown({ type })), type);
  t.notOk(isPassing(new TypeError("a mistake of ours")));
  t.ok(isDropped(thrown({ type: "timeout", code: 10, message: "Consumer too slow" })));
  t.match(readError(thrown({ type: "access-denied" }), ""), { outcome: "not-stored", message: /not read/ });
});

t.test("a client that keeps a failed question for ever is known by it", async (t) => {
  t.ok(isStuck(thrown({ code: 13, message: "13 INTERNAL" })));
  t.notOk(isStuck(thrown({ code: 14 })));
  t.notOk(isStuck(thrown({ type: "unknown", code: 13 })));
});

t.test("an error without a message is told by its type, and one without that by its code", async (t) => {
  t.equal(messageOf(thrown({ type: "wrong-expected-version", actualVersion: 7n })), "wrong-expected-version");
  t.equal(messageOf(thrown({ code: 14 })), "code 14");
  t.equal(messageOf(thrown({})), "code unknown");
  t.equal(messageOf(thrown({ type: "unavailable", message: "read ECONNRESET" })), "read ECONNRESET");
});
