/** A process that crashes between any two steps and is started anew: what it had in its memory is gone. */
export interface Crashable {
  readonly name: string;
  start(): void;
  crash(): void;
}
