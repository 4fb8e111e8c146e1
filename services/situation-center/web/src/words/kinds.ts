import type { ContractSet, FactOf, Sentence } from "@safar/contracts";
import type { SHARED_FIELDS } from "./fields/shared.ts";

export type WordsOf<Name extends string> = Readonly<Record<Name, Sentence>>;

/** A word for each of a lifecycle's states; the compiler names the one that is missing. */
export type StateWords<Status extends string> = WordsOf<Status>;

/** A word for each event of these sets. */
export type EventWords<Set extends ContractSet> = WordsOf<FactOf<Set>["type"]>;

type FieldOf<Data> = Data extends unknown ? keyof Data & string : never;
type Shared = keyof typeof SHARED_FIELDS;

/** A word for each field of these sets' events, beside the shared ones; a shared one may say something else here. */
export type FieldWords<Set extends ContractSet> = WordsOf<Exclude<FieldOf<FactOf<Set>["data"]>, Shared>> &
  Partial<WordsOf<Shared>>;
