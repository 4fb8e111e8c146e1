import type { Sentence, SentenceParams } from "@safar/contracts";

/** One broken rule of one field; the pointer is from the body's root (RFC 6901). */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** The sentence, where the code has no text of its own in the catalogue. */
  readonly detail?: Sentence | string;
}

/** An answer that is not success. Thrown at the edge only; domains refuse with values. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly code: string;
  readonly params: SentenceParams;
  readonly errors: readonly FieldError[];
  /** Seconds, for 429 and 503. */
  readonly retryAfter: number | undefined;
  constructor(
    code: string,
    options: {
      readonly params?: SentenceParams;
      readonly errors?: readonly FieldError[];
      readonly retryAfter?: number;
      readonly cause?: unknown;
    } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.params = options.params ?? {};
    this.errors = options.errors ?? [];
    this.retryAfter = options.retryAfter;
  }
}
