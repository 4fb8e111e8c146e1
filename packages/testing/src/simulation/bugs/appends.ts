import type { AppendResult, EventToAppend, ExpectedRevision } from "@safar/event-store";
import { BAD_DAY } from "../faults.ts";
import type { Incarnation } from "../incarnation.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Attempt } from "../witness.ts";

/** How often an append meets a bug that does not show by itself. */
const OFTEN = 0.1;

const revisionOf = (expected: ExpectedRevision): number => (expected === "no-stream" ? -1 : expected);

/** Answered at once; what was promised is done later, by a process that may be gone then. */
const beforeItIsStored = async (
  { schedule, store, witness, faults }: Surroundings,
  from: Incarnation,
  attempt: Attempt,
): Promise<AppendResult> => {
  const position = (await store.head()) + BigInt(attempt.events.length);
  const { there, later } = faults.deliver({ ...BAD_DAY, late: 1 });
  schedule.after(
    there + later,
    `${from.name} appends what it has answered`,
    () => {
      void witness.append(attempt).catch(() => undefined);
    },
    { owner: from },
  );
  return { revision: revisionOf(attempt.expected) + attempt.events.length, position };
};

/** One event an append. */
const oneByOne = async (
  { link, witness }: Surroundings,
  from: Incarnation,
  attempt: Attempt,
): Promise<AppendResult> => {
  let result: AppendResult | undefined;
  let expected = attempt.expected;
  for (const event of attempt.events) {
    result = await link.ask({
      from,
      label: `append one of several ${attempt.stream}`,
      rates: { ...BAD_DAY, refused: 0, requestLost: 0, answerLost: 0, late: 0, doubled: 0 },
      failure: () => new Error("never"),
      work: () => witness.append({ ...attempt, expected, events: [event] }, attempt.events.length),
    });
    expected = result.revision;
  }
  return result!;
};

/** Where the stream is, whatever was expected. */
const atTheEnd = async (surroundings: Surroundings, attempt: Attempt, events: readonly EventToAppend[]) => {
  let last: ExpectedRevision = "no-stream";
  for await (const { revision } of surroundings.store.readStream(attempt.stream, { direction: "backwards", limit: 1 }))
    last = revision;
  return surroundings.store.append(attempt.stream, last, events);
};

const blindly = ({ link, ...rest }: Surroundings, from: Incarnation, attempt: Attempt): Promise<AppendResult> =>
  link.ask({
    from,
    label: `append blindly ${attempt.stream}`,
    rates: { ...BAD_DAY, refused: 0, requestLost: 0, answerLost: 0, late: 0 },
    failure: () => new Error("never"),
    work: () => rest.witness.watch(attempt, () => atTheEnd({ link, ...rest }, attempt, attempt.events)),
  });

/** The answer was lost: the same facts again, under other ids and wherever the stream is by now. */
const withNewIds = async (surroundings: Surroundings, from: Incarnation, attempt: Attempt): Promise<AppendResult> => {
  const { link, witness } = surroundings;
  const calm = { ...BAD_DAY, refused: 0, requestLost: 0, answerLost: 0, late: 0, doubled: 0 };
  const ask = (work: () => Promise<AppendResult>): Promise<AppendResult> =>
    link.ask({ from, label: `append again ${attempt.stream}`, rates: calm, failure: () => new Error("never"), work });
  await ask(() => witness.append(attempt));
  const events = attempt.events.map((event) => ({ ...event, id: from.environment.random.uuid() }));
  return ask(() => witness.watch({ ...attempt, events }, () => atTheEnd(surroundings, attempt, events)));
};

/** Undefined: this append is done as it should be. */
export const appendWithBug = (
  surroundings: Surroundings,
  from: Incarnation,
  attempt: Attempt,
): Promise<AppendResult> | undefined => {
  const { bug, faults } = surroundings;
  if (bug === "torn-append" && attempt.events.length > 1) return oneByOne(surroundings, from, attempt);
  if (bug === "blind-append") return blindly(surroundings, from, attempt);
  if (bug === "ack-before-append" && faults.happens(OFTEN)) return beforeItIsStored(surroundings, from, attempt);
  if (bug === "new-ids-after-unknown-outcome" && faults.happens(OFTEN)) return withNewIds(surroundings, from, attempt);
  return undefined;
};
