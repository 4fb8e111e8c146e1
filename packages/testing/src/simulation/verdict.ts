/** What was found to be wrong. The first one counts: what follows may be its doing. */
export interface Verdict {
  /** @param invariant of goals.md */
  broken(invariant: number, words: string): void;
  readonly first: { readonly invariant: number; readonly words: string } | undefined;
}

export const createVerdict = (): Verdict => {
  let first: Verdict["first"];
  return {
    broken(invariant, words) {
      first ??= { invariant, words };
    },
    get first() {
      return first;
    },
  };
};
