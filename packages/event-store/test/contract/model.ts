import { randomUUID } from "node:crypto";
import fc from "fast-check";
import type { Test } from "tap";
import { WrongExpectedRevision, type EventStore, type ExpectedRevision } from "../../src/index.ts";
import type { OpenLog } from "../contract.ts";
import { collect, eventOf } from "../support/events.ts";

/** One append by a writer who believes the stream to be at `expected`; ids come from a small store, so they recur. */
interface Step {
  readonly stream: number;
  readonly expected: number;
  readonly ids: readonly number[];
}

const step = fc.record({
  stream: fc.integer({ min: 0, max: 2 }),
  expected: fc.integer({ min: -1, max: 6 }),
  ids: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 }),
});
/** Steps of one round are on their way at the same time. */
const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 });

type Outcome = "refused" | { readonly revision: number };

/** What the port says, in as few words as possible: a stream is a list of ids. */
const modelAppend = (stream: number[], { expected, ids }: Step): Outcome => {
  const stored = stream.slice(expected + 1, expected + 1 + ids.length);
  if (expected === stream.length - 1) stream.push(...ids);
  else if (expected >= stream.length || stored.join() !== ids.join()) return "refused";
  return { revision: expected + ids.length };
};

const append = async (store: EventStore, stream: string, expected: ExpectedRevision, ids: readonly string[]) => {
  try {
    return await store.append(
      stream,
      expected,
      ids.map((id) => eventOf("", { id })),
    );
  } catch (problem) {
    if (problem instanceof WrongExpectedRevision) return problem;
    throw problem;
  }
};

const runRounds = async (t: Test, store: EventStore, steps: readonly (readonly Step[])[]): Promise<void> => {
  const run = randomUUID();
  const ids = Array.from({ length: 5 }, () => randomUUID());
  const model: number[][] = [[], [], []];
  for (const round of steps) {
    const answers = await Promise.all(
      round.map(({ stream, expected, ids: chosen }) =>
        append(
          store,
          `model-${run}-${stream}`,
          expected === -1 ? "no-stream" : expected,
          chosen.map((id) => ids[id]!),
        ),
      ),
    );
    for (const [index, answer] of answers.entries()) {
      const streamModel = model[round[index]!.stream]!;
      const outcome = modelAppend(streamModel, round[index]!);
      if (outcome === "refused")
        t.match(answer, { actual: streamModel.length === 0 ? "no-stream" : streamModel.length - 1 });
      else t.match(answer, outcome);
    }
  }
  for (const [index, expected] of model.entries()) {
    const read = await collect(store.readStream(`model-${run}-${index}`));
    t.same(
      read.map(({ id, revision }) => [id, revision]),
      expected.map((id, revision) => [ids[id], revision]),
    );
  }
};

export const followsAModel = (t: Test, open: OpenLog): void => {
  t.test("random appends by several writers end as the model says", async (t) => {
    const store = await open(t);
    await fc.assert(
      fc.asyncProperty(rounds, (steps) => runRounds(t, store, steps)),
      { numRuns: 60 },
    );
  });
};
