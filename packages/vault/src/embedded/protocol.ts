/** What the main thread and the writer's thread say to each other. */

/** What may be written, and what each write answers. Every one may be repeated: it then changes nothing. */
export interface WriteKinds {
  /** The person of a PINFL; the id and the key given are taken only where there is none. */
  person: {
    readonly input: {
      readonly tag: Uint8Array;
      readonly person: Uint8Array;
      readonly subject: string;
      readonly wrapped: Uint8Array;
    };
    readonly answer: { readonly person: Uint8Array; readonly created: boolean };
  };
  index: {
    readonly input: { readonly subject: string; readonly person: Uint8Array; readonly tags: readonly Uint8Array[] };
    readonly answer: "done" | "destroyed";
  };
  /** The wrapped key of a subject; the one given is taken only where there is none. */
  key: {
    readonly input: { readonly subject: string; readonly wrapped: Uint8Array };
    readonly answer: { readonly wrapped: Uint8Array } | "destroyed";
  };
  file: {
    readonly input: { readonly name: string; readonly subject: string; readonly file: string };
    readonly answer: "done" | "destroyed";
  };
  removeFile: { readonly input: { readonly name: string }; readonly answer: "done" };
  erase: {
    readonly input: { readonly subject: string; readonly person: Uint8Array | undefined; readonly at: number };
    readonly answer: "done";
  };
}

export type Kind = keyof WriteKinds;
export type Write = { [K in Kind]: { readonly kind: K; readonly input: WriteKinds[K]["input"] } }[Kind];
export type Answer = WriteKinds[Kind]["answer"];

export type Outcome = { readonly answer: Answer } | { readonly failure: string };

export interface WriterSettings {
  readonly databaseFile: string;
  readonly filesFolder: string;
}

/** The writer answers each message with one of its own, in order. */
export type ToWriter =
  | { readonly kind: "commit"; readonly writes: readonly Write[] }
  | { readonly kind: "hold-files"; readonly hold: boolean }
  | { readonly kind: "close" };

export type FromWriter =
  { readonly kind: "committed"; readonly outcomes: readonly Outcome[] } | { readonly kind: "done" };
