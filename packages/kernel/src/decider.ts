/** A decision accepts with the facts it records, or refuses with a value that says why. Never an exception. */
export type Decision<Fact, Refusal> =
  | { readonly accepted: true; readonly facts: readonly Fact[] }
  | { readonly accepted: false; readonly refusal: Refusal };

/** A refusal: a stable code, and what the sentence shown to the caller needs (no personal data). */
export interface RefusalOf<Code extends string> {
  readonly code: Code;
  readonly params?: Readonly<Record<string, string | number>>;
}

/**
 * The three pure functions of an aggregate (after Chassaing's Decider).
 * `evolve` is total: it takes any fact in any order. `decide` reads no clock and does no I/O.
 */
export interface Decider<State, Command, Fact, RecordedFact extends Fact, Refusal> {
  readonly initial: State;
  evolve(this: void, state: State, fact: RecordedFact): State;
  decide(this: void, state: State, command: Command): Decision<Fact, Refusal>;
}

export const accept = <Fact>(...facts: readonly Fact[]): Decision<Fact, never> => ({ accepted: true, facts });

export const refuse = <const Code extends string>(
  code: Code,
  params?: Readonly<Record<string, string | number>>,
): Decision<never, RefusalOf<Code>> => ({ accepted: false, refusal: params ? { code, params } : { code } });

/** The state after a history; the same as applying each fact as it comes. */
export const fold = <State, Fact>(
  evolve: (state: State, fact: Fact) => State,
  initial: State,
  facts: Iterable<Fact>,
): State => {
  let state = initial;
  for (const fact of facts) state = evolve(state, fact);
  return state;
};
