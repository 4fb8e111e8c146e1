/** A failure of one reaction, so that the record can name it. */
export class ReactionFailed extends Error {
  override readonly name = "ReactionFailed";
  readonly reaction: string;
  constructor(reaction: string, cause: unknown) {
    super(`${reaction}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.reaction = reaction;
  }
}
