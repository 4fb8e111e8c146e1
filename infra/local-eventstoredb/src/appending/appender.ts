import {
  AppendTooLarge,
  StoreUnavailable,
  WrongExpectedRevision,
  type AppendResult,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
} from "@safar/event-store";
import { forStore, type Expected } from "./expected.ts";
import { createRecentAppends } from "./recent-appends.ts";
import { MAX_APPEND_BYTES } from "./size.ts";

export interface AppendToDo {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly EventToAppend[];
  /** What counts towards the limit, over all events. */
  readonly bytes: number;
}

export type AppendOutcome =
  | ({ readonly kind: "appended" } & AppendResult)
  | { readonly kind: "wrong-expected"; readonly actual: ExpectedRevision }
  | { readonly kind: "too-large" }
  | { readonly kind: "malformed"; readonly message: string }
  | { readonly kind: "not-supported"; readonly message: string }
  | { readonly kind: "not-ready" }
  | { readonly kind: "denied" }
  /** It may be in the log or not. */
  | { readonly kind: "timed-out" };

/** How often an append that expects nothing is tried again when others append to its stream at the same time. */
const MAX_BLIND_ATTEMPTS = 16;

export const createAppender = (store: EventStore) => {
  const recent = createRecentAppends();
  /** Appends that expect nothing, one after the other in each stream; else each would take the other's revision. */
  const blindAppends = new Map<string, Promise<unknown>>();

  const lastRevision = async (stream: string): Promise<ExpectedRevision> => {
    for await (const { revision } of store.readStream(stream, { direction: "backwards", limit: 1 })) return revision;
    return "no-stream";
  };

  const remember = ({ stream, events }: AppendToDo, result: AppendResult): void => {
    events.forEach(({ id }, index) => {
      const before = events.length - 1 - index;
      recent.remember(id, {
        stream,
        revision: result.revision - before,
        position: result.position - BigInt(before),
      });
    });
  };

  const appendAt = async (append: AppendToDo, expected: ExpectedRevision): Promise<AppendOutcome> => {
    const result = await store.append(append.stream, expected, append.events);
    remember(append, result);
    return { kind: "appended", ...result };
  };

  const appendBlindly = async (append: AppendToDo): Promise<AppendOutcome> => {
    const { stream, events, expected } = append;
    for (let attempt = 0; attempt < MAX_BLIND_ATTEMPTS; attempt += 1) {
      const actual = await lastRevision(stream);
      if (expected === "stream-exists" && actual === "no-stream") return { kind: "wrong-expected", actual };
      const known = events.map(({ id }) => recent.find(stream, id));
      const last = known.at(-1);
      if (last !== undefined && known.every((found) => found !== undefined)) return { kind: "appended", ...last };
      // The first event is known and a later one is not: no append has had these ids.
      if (known[0] !== undefined) return { kind: "wrong-expected", actual };
      try {
        return await appendAt(append, actual);
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
      }
    }
    return { kind: "not-ready" };
  };

  const inTurn = async (append: AppendToDo): Promise<AppendOutcome> => {
    const { stream } = append;
    const before = blindAppends.get(stream) ?? Promise.resolve();
    const turn = before.then(
      () => appendBlindly(append),
      () => appendBlindly(append),
    );
    blindAppends.set(stream, turn);
    return turn.finally(() => {
      if (blindAppends.get(stream) === turn) blindAppends.delete(stream);
    });
  };

  return async (append: AppendToDo): Promise<AppendOutcome> => {
    const { stream, expected } = append;
    if (append.bytes > MAX_APPEND_BYTES) return { kind: "too-large" };
    // Metadata streams say what may be forgotten of a stream; a log of which nothing is forgotten has none.
    if (stream.startsWith("$$"))
      return {
        kind: "not-supported",
        message: `Stream metadata ("${stream}") is not supported by the local stand-in.`,
      };
    try {
      if (expected === "any" || expected === "stream-exists") return await inTurn(append);
      return await appendAt(append, forStore(expected));
    } catch (error) {
      return outcomeOf(error);
    }
  };
};
export type Appender = ReturnType<typeof createAppender>;

const outcomeOf = (error: unknown): AppendOutcome => {
  if (error instanceof WrongExpectedRevision) return { kind: "wrong-expected", actual: error.actual };
  if (error instanceof AppendTooLarge) return { kind: "too-large" };
  if (error instanceof StoreUnavailable) return { kind: error.outcome === "unknown" ? "timed-out" : "not-ready" };
  // What no log may be given: a name that is too long, an append of nothing.
  if (error instanceof TypeError) return { kind: "malformed", message: error.message };
  throw error;
};
