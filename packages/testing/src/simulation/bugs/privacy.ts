import { categoryOf, replaceSealed, type Decoder } from "@safar/contracts";
import type { Execution, Executor, Outcome } from "@safar/event-store";
import type { RefusalOf } from "@safar/kernel";
import type { Kit } from "@safar/service-kit";
import type { Vault } from "@safar/vault";
import type { Incarnation } from "../incarnation.ts";
import type { Surroundings } from "../surroundings.ts";

/** How long a process takes over a record that it has not waited for. */
const LAG_MS = 5;

const isOfReading = ({ aggregate }: Execution<unknown>): boolean => aggregate.contracts.category === "access";

/** What is shown is put on record afterwards, by a process that may be gone then. */
const recordedAfterwards = ({ schedule }: Surroundings, from: Incarnation, executor: Executor): Executor => ({
  ...executor,
  async execute<Refusal extends RefusalOf<string>>(execution: Execution<unknown>): Promise<Outcome<Refusal>> {
    if (!isOfReading(execution)) return executor.execute<Refusal>(execution);
    const record = (): void => void executor.execute(execution).catch(() => undefined);
    schedule.after(LAG_MS, `${from.name} records what it has shown`, record, { owner: from });
    return { kind: "recorded", repeated: false, events: [], revision: 0, position: 0n };
  },
});

/** A record whose answer was lost is made anew, under another transaction. */
const recordedTwice = (from: Incarnation, executor: Executor): Executor => ({
  ...executor,
  async execute<Refusal extends RefusalOf<string>>(execution: Execution<unknown>): Promise<Outcome<Refusal>> {
    const outcome = await executor.execute<Refusal>(execution);
    if (!isOfReading(execution)) return outcome;
    return executor.execute<Refusal>({ ...execution, transactionId: from.environment.random.uuid() });
  },
});

export const recordsWithBug = (surroundings: Surroundings, from: Incarnation, kit: Kit): Kit => {
  const { bug } = surroundings;
  if (bug === "shown-before-on-record")
    return { ...kit, executor: recordedAfterwards(surroundings, from, kit.executor) };
  return bug === "reading-recorded-twice" ? { ...kit, executor: recordedTwice(from, kit.executor) } : kit;
};

/** A key that was once heard of is held for as long as the process lives. */
export const vaultWithBug = ({ bug }: Surroundings, vault: Vault): Vault => {
  if (bug !== "key-held-for-ever") return vault;
  const held = new Map<string, Uint8Array>();
  const hold = <Key extends Uint8Array | "destroyed" | undefined>(subject: string, key: Key): Key => {
    if (key instanceof Uint8Array) held.set(subject, key);
    return key;
  };
  return {
    ...vault,
    keyOf: async (subject) => held.get(subject) ?? hold(subject, await vault.keyOf(subject)),
    findKey: async (subject) => held.get(subject) ?? hold(subject, await vault.findKey(subject)),
  };
};

const published = (decoder: Decoder): Decoder => ({
  ...decoder,
  contractOf(stored) {
    const contract = decoder.contractOf(stored);
    return contract && categoryOf(stored.stream) === "access" ? { ...contract, isPublished: true } : contract;
  },
});

const opened = ({ values }: Surroundings, decoder: Decoder): Decoder => {
  const open = (value: unknown): unknown =>
    replaceSealed(value, ({ sealed }) => values.clearOf(sealed.sealed) ?? sealed);
  return {
    ...decoder,
    decode(stored) {
      const event = decoder.decode(stored);
      return { ...event, data: open(event.data) as typeof event.data };
    },
  };
};

/** Takes records of readings for published, or opens what should stay sealed. */
export const decoderWithBug = (surroundings: Surroundings, process: string, decoder: Decoder): Decoder => {
  const { bug } = surroundings;
  if (bug === "readings-published") return published(decoder);
  const isOpened = process === "situation-center" ? bug === "streamed-in-clear" : bug === "kept-in-clear";
  return isOpened ? opened(surroundings, decoder) : decoder;
};
