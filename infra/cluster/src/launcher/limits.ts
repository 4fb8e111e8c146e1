/** Services cut a stop off after 15 s; then nothing is waited for any more. */
export const STOP_LIMIT_MS = 20_000;
