/** The log cannot be moved to this server, or not from this source; `message` says why. */
export class MoveRefused extends Error {
  override readonly name = "MoveRefused";
}
